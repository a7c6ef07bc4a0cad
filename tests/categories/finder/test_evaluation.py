"""Sentences of requesters lead to their theme: the twenty that were given, and those written beside them."""

import json
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser

from categories.finder.finding import find
from categories.models import Signpost
from categories.signposts import load_shipped
from categories.tree import nest, read_searched

HERE = Path(__file__).resolve().parent
GIVEN = [(case["q"], case["expect_any"]) for case in json.loads((HERE / "finder.json").read_text())["cases"]]


def sentences(name):
    """Return (sentence, [slug]) for each line of a file of sentences by theme."""
    document = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [(sentence, [slug]) for slug, found in document.items() for sentence in found]


@pytest.fixture
def answers(shipped):
    """Return a function that gives the slugs of the themes found, best first."""
    rows = read_searched()
    roots = nest(rows)

    def search(asked):
        found = find(asked, user=AnonymousUser(), rows=rows, roots=roots, signposts=[])
        return [one.theme.slug for one in found.themes]

    return search


def missed(cases, search):
    """Return the cases whose theme is not first, and those where it is not among three, with what came."""
    answers = {asked: search(asked)[:3] for asked, _expected in cases}
    second = {
        asked: answers[asked] for asked, expected in cases if not set(answers[asked][:1]) & set(expected)
    }
    lost = {asked: answers[asked] for asked, expected in cases if not set(answers[asked]) & set(expected)}
    return second, lost


def test_the_twenty_sentences_find_their_theme_first(answers):
    assert len(GIVEN) == 20
    assert missed(GIVEN, answers) == ({}, {})


def test_nearly_all_sentences_find_their_theme_among_three(answers):
    cases = sentences("sentences.yaml")
    second, lost = missed(cases, answers)

    assert len(cases) >= 700
    assert len(lost) <= 0.03 * len(cases), lost
    assert len(second) <= 0.08 * len(cases), second


def test_sentences_that_served_to_tune_nothing_find_their_theme_too(answers):
    cases = sentences("unseen.yaml")
    _second, lost = missed(cases, answers)

    assert len(cases) >= 150
    assert len(lost) <= 0.08 * len(cases), lost


def test_text_messages_and_whole_stories_find_their_theme(answers):
    cases = sentences("messages.yaml")
    second, lost = missed(cases, answers)

    assert len(cases) >= 500
    assert len(lost) <= 0.03 * len(cases), lost
    assert len(second) <= 0.12 * len(cases), second


def test_messages_that_served_to_tune_nothing_find_their_theme_too(answers):
    cases = sentences("fresh.yaml")
    _second, lost = missed(cases, answers)

    assert len(cases) >= 110
    assert len(lost) <= 0.06 * len(cases), lost


# --- elsewhere -------------------------------------------------------------------------------------------
@pytest.fixture
def whole(shipped):
    """Return a function that gives all that is found, the shipped signposts being there."""
    load_shipped()
    rows, signposts = read_searched(), list(Signpost.objects.published())
    roots = nest(rows)
    return lambda asked: find(asked, user=AnonymousUser(), rows=rows, roots=roots, signposts=signposts)


def test_what_is_asked_elsewhere_comes_before_the_themes(whole):
    cases = sentences("elsewhere.yaml")
    found = {asked: whole(asked) for asked, _slug in cases}
    lost = {
        asked: (slug, [one.row.slug for one in found[asked].signposts], found[asked].is_elsewhere)
        for asked, (slug,) in cases
        if [one.row.slug for one in found[asked].signposts][:1] != [slug] or not found[asked].is_elsewhere
    }

    assert len(cases) >= 70
    assert len(lost) <= 0.03 * len(cases), lost


def test_what_is_asked_here_is_seldom_sent_elsewhere(whole):
    cases = [*GIVEN, *sentences("sentences.yaml"), *sentences("messages.yaml")]
    sent = [asked for asked, _slugs in cases if whole(asked).is_elsewhere]

    assert [asked for asked, _slugs in GIVEN if asked in sent] == []
    assert len(sent) <= 0.03 * len(cases), sent
