"""The questions shown before the form of a theme."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from categories.faq.before import entries_for
from categories.faq.services import save_entry

NOBODY = AnonymousUser()


def titles(category, user=NOBODY, **options):
    return [entry.title for entry in entries_for(category, user, **options)]


def test_questions_of_the_theme_come_before_those_above(written, studies, enrolment, late_enrolment, refunds):
    written("Des études", "Oui.", studies, position=0)
    written("D’ailleurs", "Oui.", refunds, position=0)
    written("De l’inscription", "Oui.", enrolment, position=1)
    written("Du thème, 2", "Oui.", late_enrolment, position=3)
    written("Du thème, 1", "Oui.", late_enrolment, position=2)

    assert titles(late_enrolment) == ["Du thème, 1", "Du thème, 2", "Des études", "De l’inscription"]
    assert titles(late_enrolment, limit=3) == ["Du thème, 1", "Du thème, 2", "Des études"]
    assert titles(studies) == ["Des études"]


def test_a_question_on_theme_and_branch_is_shown_once(written, studies, transcripts):
    written("Deux fois", "Oui.", studies, transcripts)

    assert titles(transcripts) == ["Deux fois"]


def test_headings_and_hidden_questions_are_left_out(written, transcripts, claire, lea):
    written("Rubrique", "", transcripts)
    written("Fermée", "Oui.", transcripts, is_published=False)
    written("Aux gestionnaires", "Oui.", transcripts, audience="handlers")
    written("Aux connectés", "Oui.", transcripts, audience="signed_in")

    assert titles(transcripts) == []
    assert titles(transcripts, lea) == ["Aux connectés"]
    assert titles(transcripts, claire) == ["Aux gestionnaires", "Aux connectés"]


@pytest.mark.parametrize("count", [1, 3])
def test_one_query(written, transcripts, django_assert_num_queries, count):
    for number in range(count):
        written(f"Question {number}", "Oui.", transcripts)

    with django_assert_num_queries(1):
        assert len(titles(transcripts)) == count


def test_the_block_shows_questions_with_their_answers(silence, transcripts):
    page = engines["django"].get_template("categories/_faq_of_theme.html")
    request = RequestFactory().get("/")
    request.user = NOBODY

    html = page.render({"entries": entries_for(transcripts, NOBODY), "category": transcripts}, request)
    nothing = page.render({"entries": [], "category": transcripts}, request)

    assert "<h3>Titre</h3>" in html
    assert 'action="/questions-frequentes/que-veut-dire-le-silence/resolue/"' in html
    assert 'name="theme" value="releve-de-notes"' in html
    assert nothing.strip() == ""


def test_a_theme_that_leaves_a_question_shows_it_no_more(silence, transcripts):
    save_entry(silence, themes=[])

    assert titles(transcripts) == []
