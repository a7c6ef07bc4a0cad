"""Nobody answers unaware: what others did meanwhile is shown above the words, which wait."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tickets import typing_keys
from tickets.admin.actions import ANSWERS
from tickets.lifecycle.refusals import NewsError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Draft

STOPPED = ["commenter", "demander", "demander-des-pieces", "cloturer", "refuser", "transmettre"]


@pytest.fixture
def ticket(lea, transcripts, claire):
    return factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


@pytest.fixture
def send(client_of, claire):
    """Return a function that posts the form of a move for Claire, shown with `seen` events."""

    def post(ticket, slug, *, seen, key=None, **answers):
        signed = typing_keys.sign(key or uuid.uuid4(), claire)
        given = {"message": "Réponse longuement pesée", "outcome": "accepted", "administration": "Rectorat"}
        given |= {"contact": "1 place de l’Exemple", "items": "Relevé", "legal_basis": "Arrêté de 1900"}
        given |= {"deadline": timezone.localdate() + timedelta(days=20), "is_indispensable": "no"}
        return client_of(claire).post(address(ticket, slug), given | {"key": signed, "seen": seen} | answers)

    return post


def address(ticket, slug):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])


def kinds(ticket):
    return list(ticket.events.values_list("kind", flat=True))


def test_answers_are_the_moves_that_write_to_the_requester_and_are_stopped():
    assert {TRANSITIONS[name].slug for name in ANSWERS if not TRANSITIONS[name].parts} == set(STOPPED)


@pytest.mark.parametrize("slug", STOPPED)
def test_words_written_unaware_come_back_under_what_arrived(slug, send, lea, ticket):
    factories.move(ticket, "comment", lea, message="J’ai retrouvé mon relevé.")

    response = send(ticket, slug, seen=2)

    html = response.content.decode()
    assert response.status_code == 200
    assert [entry.message for entry in response.context["news"]] == ["J’ai retrouvé mon relevé."]
    assert html.index("J’ai retrouvé mon relevé.") < html.index("Réponse longuement pesée")
    assert str(NewsError.sentence) in html
    assert kinds(ticket) == ["submit", "take", "comment"]


def test_sending_again_confirms(send, lea, ticket):
    factories.move(ticket, "comment", lea)
    shown = send(ticket, "cloturer", seen=2).context["seen"]

    response = send(ticket, "cloturer", seen=shown)

    assert response.status_code == 302
    assert kinds(ticket) == ["submit", "take", "comment", "close"]


def test_her_own_acts_are_no_news(send, claire, ticket):
    factories.move(ticket, "note", claire)

    assert send(ticket, "commenter", seen=2).status_code == 302


def test_what_tele_demande_did_is_news(send, ticket, claire):
    factories.move(ticket, "close", claire)
    factories.move(ticket, "expire", None, at=ticket.updated_at + factories.timedelta(days=40))

    response = send(ticket, "commenter", seen=3)

    assert [entry.kind for entry in response.context["news"]] == ["expire"]


@pytest.mark.parametrize(("slug", "status"), [("noter", 302), ("confier", 302)])
def test_what_stays_in_the_team_is_not_stopped(slug, status, send, lea, colette, ticket):
    factories.move(ticket, "comment", lea)

    assert send(ticket, slug, seen=2, assignee=colette.pk).status_code == status


@pytest.mark.parametrize("seen", ["", "abc", "-1", "99999999999999"])
def test_form_without_a_number_of_ours_is_not_stopped(seen, send, lea, ticket):
    factories.move(ticket, "comment", lea)

    assert send(ticket, "commenter", seen=seen).status_code == 302


def test_page_opened_from_a_stale_page_shows_what_arrived(client_of, claire, lea, ticket):
    url = next(
        button.url
        for button in client_of(claire).get(home(ticket)).context["actions"].all
        if button.move.name == "close"
    )
    factories.move(ticket, "comment", lea, message="Arrivé entre-temps.")

    context = client_of(claire).get(url).context

    assert [entry.message for entry in context["news"]] == ["Arrivé entre-temps."]
    assert context["seen"] == 3


def test_text_found_again_in_a_draft_still_knows_what_she_had_read(send, client_of, claire, lea, ticket):
    key = uuid.uuid4()
    send(ticket, "cloturer", seen=2, key=key, add_files="1")
    factories.move(ticket, "comment", lea, message="Arrivé entre-temps.")

    response = client_of(claire).get(f"{address(ticket, 'cloturer')}?brouillon={key}")

    assert Draft.objects.get(key=key).values["seen"] == "2"
    assert [entry.message for entry in response.context["news"]] == ["Arrivé entre-temps."]


def test_page_of_a_request_carries_what_was_read(client_of, claire, ticket):
    html = client_of(claire).get(home(ticket)).content.decode()

    assert html.count('name="seen" value="2"') == 2  # the answer and the note


def home(ticket):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def test_service_stops_them_under_the_lock(lea, claire, ticket):
    factories.move(ticket, "comment", lea)

    with pytest.raises(NewsError):
        factories.move(ticket, "close", claire, seen=2)

    assert factories.move(ticket, "close", claire, seen=3).status == "closed"
