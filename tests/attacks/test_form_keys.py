"""The signed key of a form, used where it does not belong: refused, and no word is lost."""

import uuid

import pytest
from django.urls import reverse

from tests import factories
from tests.pages import key_of
from tickets import typing_keys
from tickets.models import Draft, Ticket, TicketEvent


@pytest.fixture
def form(transcripts):
    """The address of the form of a theme."""
    return reverse("tickets:write", args=[transcripts.slug])


def typed(key, owner):
    return {
        "key": typing_keys.sign(key, owner),
        "subject": "Relevé",
        "message": "Un texte long à taper.",
    }


def test_key_of_a_move_files_nothing_and_keeps_the_words(client_of, marc, transcripts, form):
    ticket = factories.ticket_in("waiting", requester=marc, category=transcripts)
    answer = factories.move_draft(ticket, "answer", marc, message="Ma réponse.")

    response = client_of(marc).post(form, typed(answer.key, marc))

    kept = Draft.objects.get(owner=marc, category=transcripts)
    answer.refresh_from_db()
    assert response.status_code == 302
    assert (kept.values["message"], answer.values["message"]) == ("Un texte long à taper.", "Ma réponse.")


@pytest.mark.parametrize("slug", ["repondre", "commenter", "retirer"])
def test_key_of_a_request_moves_another_without_its_words(client_of, marc, transcripts, slug):
    ticket = factories.ticket_in("waiting", requester=marc, category=transcripts)
    request = factories.draft_of(marc, transcripts, message="Ma demande.")

    response = client_of(marc).post(
        reverse("tickets:move", args=[ticket.reference, slug]), typed(request.key, marc)
    )

    request.refresh_from_db()
    assert response.status_code == 302
    assert request.values["message"] == "Ma demande."
    assert ticket.events.last().words == "Un texte long à taper."


def test_key_of_somebody_elses_draft_reads_and_writes_nothing_of_it(client_of, lea, marc, transcripts, form):
    hers = factories.draft_of(lea, transcripts, message="Secret de Léa.")

    page = client_of(marc).get(form, {"brouillon": hers.key})
    response = client_of(marc).post(form, typed(hers.key, marc))

    hers.refresh_from_db()
    assert "Secret" not in page.content.decode()
    assert response.status_code == 302
    assert hers.values["message"] == "Secret de Léa."
    assert Draft.objects.get(owner=marc).values["message"] == "Un texte long à taper."


def test_key_proposed_by_a_link_is_not_the_key_of_the_form(client_of, marc, transcripts, form):
    """Whoever sends the link would know the key, take it first, and make the filing fail for ever."""
    proposed = uuid.uuid4()

    page = client_of(marc).get(form, {"brouillon": proposed})

    assert typing_keys.read(key_of(page))[0] != proposed


def test_key_signed_for_somebody_else_is_not_used(client_of, lea, marc, transcripts, form):
    hers = factories.draft_of(lea, transcripts, message="Secret de Léa.")

    client_of(marc).post(form, typed(hers.key, lea))

    hers.refresh_from_db()
    assert hers.values["message"] == "Secret de Léa."
    assert Draft.objects.get(owner=marc).key != hers.key


def test_key_already_used_on_another_request_moves_nothing(client_of, marc, transcripts):
    first = factories.ticket_in("waiting", requester=marc, category=transcripts)
    second = factories.ticket_in("waiting", requester=marc, category=transcripts)
    key = uuid.uuid4()
    factories.move(first, "comment", marc, key=key)

    response = client_of(marc).post(
        reverse("tickets:move", args=[second.reference, "commenter"]), typed(key, marc)
    )

    assert response.status_code == 200
    assert "Un texte long à taper." in response.content.decode()
    assert TicketEvent.objects.filter(key=key).get().ticket == first


def test_nobody_signed_in_stores_nothing_without_a_key(client, marc, transcripts, form, stored):
    client.post(form, {"subject": "x", "message": "y", "files": [factories.pdf()], "key": "forgée"})

    assert (Draft.objects.count(), Ticket.objects.count(), stored()) == (0, 0, [])
