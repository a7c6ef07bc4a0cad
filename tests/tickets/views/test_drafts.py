"""Drafts on the dashboard: found again, taken up, erased by their author alone."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories import draft_of, file_ticket, move_draft, pdf
from tests.pages import words_of
from tickets.models import Draft

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def discard_url(draft):
    return reverse("tickets:discard", args=[draft.key])


@time_machine.travel(NOW, tick=False)
def test_dashboard_says_what_each_draft_is_and_how_long_it_stays(client_of, lea, transcripts):
    draft = draft_of(lea, transcripts, subject="Relevé de L2", files=[pdf(), pdf("autre.pdf")])

    page = client_of(lea).get(reverse("tickets:dashboard"))

    words = words_of(page).replace("\xa0", " ")
    assert "Relevé de L2 Relevé de notes enregistré le lundi 23 novembre 2026, 10 h 00 2 fichiers" in words
    assert "Gardé jusqu’au 23 décembre 2026 si vous n’y touchez plus." in words
    assert (
        f"{reverse('tickets:write', args=[transcripts.slug])}?brouillon={draft.key}" in page.content.decode()
    )
    assert discard_url(draft) in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_dashboard_costs_the_same_whatever_the_drafts(
    client_of, lea, transcripts, count, django_assert_num_queries
):
    browser = client_of(lea)
    for _number in range(count):
        draft_of(lea, transcripts, files=[pdf()])

    with django_assert_num_queries(7):
        browser.get(reverse("tickets:dashboard"))


def test_draft_is_erased_after_she_says_so(
    client_of, lea, transcripts, stored, django_capture_on_commit_callbacks
):
    browser, draft, other = (
        client_of(lea),
        draft_of(lea, transcripts, files=[pdf()]),
        draft_of(lea, transcripts),
    )

    asked = browser.get(discard_url(draft))
    assert Draft.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(discard_url(draft))

    assert "Le texte et 1 fichier seront effacés pour de bon." in words_of(asked)
    assert done["Location"] == reverse("tickets:dashboard")
    assert (list(Draft.objects.all()), stored()) == ([other], [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_drafts_of_others_and_of_moves_are_not_found(client_of, lea, marc, transcripts, method):
    hers = draft_of(lea, transcripts)
    of_a_move = move_draft(file_ticket(marc, transcripts), "comment", marc)
    browser = client_of(marc)

    answers = [getattr(browser, method)(discard_url(draft)).status_code for draft in (hers, of_a_move)]

    assert answers == [404, 404]
    assert Draft.objects.count() == 2
