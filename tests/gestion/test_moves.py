"""Moves made from the workbench: done, refused, replayed, interrupted. Nothing typed is lost."""

import uuid

import pytest
from django.urls import reverse

from tests import factories
from tests.pages import words_of
from tests.strictness import StrictClient
from tickets import typing_keys
from tickets.lifecycle.enums import Status
from tickets.models import Draft, TicketEvent


@pytest.fixture
def ticket(lea, transcripts):
    return factories.file_ticket(lea, transcripts)


@pytest.fixture
def send(client_of):
    """Return a function that posts the form of a move."""

    def post(person, ticket, slug, key=None, **answers):
        signed = typing_keys.sign(key or uuid.uuid4(), person)
        return client_of(person).post(address(ticket, slug), {"key": signed, **answers})

    return post


def address(ticket, slug):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])


def kinds(ticket):
    return list(ticket.events.values_list("kind", flat=True))


def test_take_ask_and_close_through_the_forms(send, claire, ticket):
    home = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    answers = [
        send(claire, ticket, "prendre-en-charge"),
        send(claire, ticket, "demander", message="Quelle année ?", files=[factories.pdf("modèle.pdf")]),
        send(claire, ticket, "cloturer", message="Voici.", outcome="accepted"),
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, home)] * 3
    assert kinds(ticket) == ["submit", "take", "ask", "close"]
    assert [file.name for file in ticket.attachments.all()] == ["modèle.pdf"]
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED


def test_note_and_its_file_stay_internal(send, claire, ticket):
    send(claire, ticket, "noter", message="À vérifier.", files=[factories.pdf("interne.pdf")])

    assert list(ticket.events.values_list("kind", "is_internal")) == [("submit", False), ("note", True)]
    assert [file.is_internal for file in ticket.attachments.all()] == [True]


def test_hand_over_offers_colleagues_of_the_theme_only(client_of, send, claire, colette, bruno, ticket):
    form = client_of(claire).get(address(ticket, "confier")).context["form"]

    assert list(form.fields["assignee"].queryset) == [claire, colette]
    assert send(claire, ticket, "confier", assignee=bruno.pk).status_code == 200
    send(claire, ticket, "confier", assignee=colette.pk, message="Tu connais le dossier.")
    ticket.refresh_from_db()
    assert ticket.assignee == colette


def test_request_moved_out_of_reach_leads_back_to_the_list(client_of, claire, ticket, refunds):
    home, key = reverse("admin:tickets_ticket_changelist"), typing_keys.sign(uuid.uuid4(), claire)
    words = {"category": refunds.pk, "message": "Pour la comptabilité.", "key": key}

    answer = client_of(claire).post(f"{address(ticket, 'transferer')}?vue=a-prendre&vu=1", words)

    assert answer.url == f"{home}?vue=a-prendre"
    assert client_of(claire).get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("demander", "Le demandeur lira ce que vous écrivez ici"),
        ("renommer", "Cette action est inscrite dans l’historique que lit le demandeur."),
        ("priorite", "Ce que vous écrivez ici reste dans l’équipe"),
        ("prendre-en-charge", "Cette action ne demande rien d’autre"),
    ],
)
def test_page_of_a_move_says_who_will_read_it(client_of, claire, ticket, slug, sentence):
    assert sentence in words_of(client_of(claire).get(address(ticket, slug)))


def test_missing_words_come_back_with_the_form(send, claire, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    response = send(claire, ticket, "cloturer", message="Réponse longuement pesée")

    assert response.status_code == 200
    assert "Réponse longuement pesée" in response.content.decode()
    assert response.content.decode().split("<title>")[1].startswith("Erreur")
    assert kinds(ticket) == ["submit", "take"]


def test_colleague_who_took_the_request_meanwhile_does_not_cost_the_text(
    send, claire, colette, lea, transcripts
):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    factories.move(ticket, "take", colette)

    response = send(claire, ticket, "demander", message="Question longuement pesée")

    assert response.status_code == 200
    assert "Question longuement pesée" in response.content.decode()
    assert "Vous ne pouvez pas faire cette action" in response.content.decode()
    assert kinds(ticket) == ["submit", "take", "take"]


def test_request_closed_meanwhile_does_not_cost_the_text(send, claire, lea, transcripts):
    ticket = factories.ticket_in("closed", requester=lea, category=transcripts, handler=claire)

    response = send(claire, ticket, "refuser", message="Motifs longuement pesés")

    assert "Motifs longuement pesés" in response.content.decode()
    assert "La demande a changé entre-temps" in response.content.decode()
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED


def test_form_replayed_acts_once(send, claire, ticket):
    key = uuid.uuid4()

    for _each in range(2):
        assert send(claire, ticket, "commenter", key=key, message="Bonjour.").status_code == 302

    assert kinds(ticket) == ["submit", "comment"]


def test_session_expired_keeps_the_words_until_the_next_login(client, client_of, claire, ticket):
    key = uuid.uuid4()
    form = {"key": typing_keys.sign(key, claire), "message": "Écrit avant le déjeuner"}

    response = client.post(address(ticket, "commenter"), form)
    back = client_of(claire).get(f"{address(ticket, 'commenter')}?brouillon={key}")

    assert response.status_code == 302
    assert kinds(ticket) == ["submit"]
    assert "Écrit avant le déjeuner" in back.content.decode()


def test_words_of_a_handler_who_lost_the_theme_are_not_put_on_its_requests(client, bruno, ticket):
    form = {"key": typing_keys.sign(uuid.uuid4(), bruno), "message": "Je regarde ailleurs"}

    client.post(address(ticket, "commenter"), form)

    assert not Draft.objects.exists()


@pytest.mark.parametrize("slug", ["prendre-en-charge", "noter", "commenter", "confier", "cloturer"])
def test_observer_moves_nothing(slug, send, oscar, ticket):
    send(oscar, ticket, slug, message="Je passe", outcome="accepted", assignee=oscar.pk)

    assert kinds(ticket) == ["submit"]


@pytest.mark.parametrize("slug", ["prendre-en-charge", "noter", "commenter", "cloturer"])
def test_handler_of_another_theme_moves_nothing(slug, send, bruno, ticket):
    assert send(bruno, ticket, slug, message="Je passe", outcome="accepted").status_code == 404
    assert kinds(ticket) == ["submit"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("slug", ["approuver", "contester", "retirer", "deposer", "repondre", "inconnu"])
def test_moves_of_the_requester_do_not_exist_here(slug, send, claire, ticket):
    assert send(claire, ticket, slug, message="Je passe").status_code == 404


@pytest.mark.parametrize("slug", ["prendre-en-charge", "noter"])
def test_reading_a_form_changes_nothing(slug, client_of, claire, ticket):
    client_of(claire).get(address(ticket, slug))

    assert TicketEvent.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("slug", "queries"), [("cloturer", 5), ("confier", 6)])
@pytest.mark.parametrize("number", [1, 3])
def test_form_costs_the_same_with_one_colleague_and_with_three(
    number, slug, queries, client_of, claire, lea, transcripts, django_assert_num_queries
):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    for _each in range(number):
        factories.handler_on(transcripts)
    browser = client_of(claire)

    with django_assert_num_queries(queries):  # session, person, request, role, tools (and colleagues)
        assert browser.get(address(ticket, slug)).status_code == 200


def test_token_too_old_keeps_the_words(claire, ticket):
    browser = StrictClient(enforce_csrf_checks=True)
    browser.force_login(claire)
    key = uuid.uuid4()

    browser.post(
        address(ticket, "noter"), {"key": typing_keys.sign(key, claire), "message": "Avant le changement"}
    )

    assert kinds(ticket) == ["submit"]
    assert Draft.objects.get(key=key).values == {"message": "Avant le changement"}
