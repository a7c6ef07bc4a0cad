"""A request filed with the wrong account changes hands: who sees it, who is told, what is kept."""

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests.factories import file_ticket, invite, move, pdf
from tickets import typing_keys
from tickets.lifecycle.refusals import MissingInputError, UnsuitableRequesterError
from tickets.models import Attachment, Ticket
from tickets.search.matching import tickets_with


@pytest.fixture
def ticket(lea, transcripts, claire):
    ticket = file_ticket(lea, transcripts, subject="Relevé égaré", files=[pdf()])
    return move(ticket, "take", claire)


def told(kind):
    mails = OutgoingEmail.objects.filter(event__kind=kind).order_by("pk")
    return [(mail.recipient.first_name, mail.message) for mail in mails]


def test_former_requester_loses_sight_and_the_new_one_has_it(ticket, lea, marc, mathilde, client_of):
    file = ticket.attachments.get()
    addresses = [ticket.get_absolute_url(), file.get_absolute_url()]
    before = [client_of(lea).get(address).status_code for address in addresses]

    move(ticket, "change_requester", mathilde, person=marc)

    seen = [[client_of(one).get(address).status_code for address in addresses] for one in (lea, marc)]
    assert (before, seen) == ([200, 200], [[404, 404], [200, 200]])
    assert [list(Ticket.objects.visible_to(one)) for one in (lea, marc)] == [[], [ticket]]
    assert [list(Attachment.objects.visible_to(one)) for one in (lea, marc)] == [[], [file]]
    assert [list(tickets_with("égaré", reader=one)) for one in (lea, marc)] == [[], [ticket]]


def test_former_requester_who_is_invited_still_sees(ticket, lea, marc, mathilde):
    move(ticket, "change_requester", mathilde, person=marc)
    ticket.refresh_from_db()
    invite(ticket, lea)

    assert list(Ticket.objects.visible_to(lea)) == [ticket]


def test_guest_who_becomes_the_requester_is_no_guest_any_more(ticket, marc, mathilde):
    guest = invite(ticket, marc)

    move(ticket, "change_requester", mathilde, person=marc)

    assert list(ticket.participants.current()) == []
    assert ticket.events.get(kind="change_requester").after["guest_id"] == guest.pk


def test_both_are_told_and_the_former_one_of_nothing_but_the_number(ticket, lea, marc, mathilde):
    move(ticket, "change_requester", mathilde, person=marc)

    farewell = OutgoingEmail.objects.get(message="requester_former")
    assert told("change_requester") == [
        ("Marc", "requester_new"),
        ("Léa", "requester_former"),
        ("Claire", "staff_news"),
    ]
    assert ticket.reference in farewell.body_text
    assert "égaré" not in f"{farewell.subject}{farewell.body_text}{farewell.body_html}"
    assert "Marc" not in f"{farewell.body_text}{farewell.body_html}"


def test_reason_is_a_note_and_the_event_keeps_both_sides(ticket, lea, marc, mathilde):
    move(ticket, "change_requester", mathilde, person=marc, message="Erreur de compte.")

    event, note = ticket.events.order_by("-sequence")[:2][::-1]
    assert (event.kind, event.words, event.is_internal) == ("change_requester", "", False)
    assert (event.before["requester_id"], event.after["requester_id"]) == (lea.pk, marc.pk)
    assert (note.kind, note.words, note.is_internal) == ("note", "Erreur de compte.", True)
    with pytest.raises(MissingInputError):
        move(ticket, "change_requester", mathilde, person=lea, message=" ")


def test_request_is_freed_when_whoever_has_it_becomes_its_requester(ticket, claire, mathilde):
    after = move(ticket, "change_requester", mathilde, person=claire)

    assert (after.status, after.assignee) == ("submitted", None)


@pytest.mark.parametrize("whom", ["herself", "the same", "closed account"])
def test_person_who_cannot_be_the_requester_is_refused(ticket, lea, marc, mathilde, whom):
    person = {"herself": mathilde, "the same": lea, "closed account": marc}[whom]
    marc.is_active = False

    with pytest.raises(UnsuitableRequesterError):
        move(ticket, "change_requester", mathilde, person=person)


@pytest.mark.parametrize("name", ["marc.aubert@example.org", "ines.marchand"], ids=["address", "login"])
def test_manager_names_the_new_requester_in_the_workbench(ticket, marc, ines, mathilde, client_of, name):
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, "changer-le-demandeur"])

    def send(person):
        key = typing_keys.sign(typing_keys.new_key(), mathilde)
        return client_of(mathilde).post(address, {"key": key, "person": person, "message": "Erreur."})

    unknown, done = send("personne.inconnue"), send(name)

    ticket.refresh_from_db()
    assert "Aucun compte ouvert" in unknown.content.decode()
    assert done.status_code == 302
    assert ticket.requester == (marc if "@" in name else ines)
