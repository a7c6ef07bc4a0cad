"""An administrator and a confidential request: nothing without a reason; with one, an hour of reading."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from categories.enums import RoleKind
from notifications.models import OutgoingEmail
from tests import factories
from tests.factories import file_ticket, move, pdf
from tickets import typing_keys
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import MissingInputError, NotAllowedError
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import AdminAccess, Attachment, Ticket, TicketEvent
from tickets.search.matching import tickets_with
from tickets.services.admin_access import LASTS

REASON = "Le service signale une panne sur cette demande."


@pytest.fixture
def guardian(alert):
    return factories.handler_on(alert, first_name="Gilles")


@pytest.fixture
def chief(alert):
    return factories.handler_on(alert, RoleKind.MANAGER, first_name="Chloé")


@pytest.fixture
def ticket(lea, alert, guardian, chief):
    """A confidential request with a shared file and a note with its own."""
    ticket = file_ticket(lea, alert, subject="Signalement grave", files=[pdf("partagé.pdf")])
    note = factories.move_draft(ticket, "note", guardian, files=[pdf("interne.pdf")])
    move(ticket, "note", guardian, message="Zibeline", key=note.key)
    ticket.refresh_from_db()
    return ticket


def addresses(ticket):
    files = [file.get_absolute_url() for file in ticket.attachments.order_by("pk")]
    return [
        ticket.get_absolute_url(),
        reverse("tickets:archive", args=[ticket.reference]),
        reverse("admin:tickets_ticket_change", args=[ticket.pk]),
        *files,
    ]


def statuses(browser, ticket):
    return [browser.get(address).status_code for address in addresses(ticket)]


def seen_by(person):
    return (
        list(Ticket.objects.visible_to(person)),
        list(Ticket.objects.staffed_by(person)),
        sorted(Attachment.objects.visible_to(person).values_list("name", flat=True)),
        list(tickets_with("grave", reader=person)),
        list(tickets_with("zibeline", reader=person)),
    )


NOTHING = ([], [], [], [], [])


def test_nothing_before_all_for_an_hour_nothing_after(ticket, adam, client_of):
    browser = client_of(adam)
    before = (statuses(browser, ticket), seen_by(adam))

    move(ticket, "admin_access", adam, message=REASON)
    during = (statuses(browser, ticket), seen_by(adam))

    with time_machine.travel(timezone.now() + LASTS + timedelta(seconds=1), tick=False):
        after = (statuses(client_of(adam), ticket), seen_by(adam))
    everything = ([ticket], [ticket], ["interne.pdf", "partagé.pdf"], [ticket], [ticket])
    assert before == after == ([404] * 5, NOTHING)
    assert during == ([200] * 5, everything)


def test_access_opens_one_request_to_one_person(ticket, adam, lea, alert):
    other = file_ticket(lea, alert)
    colleague = factories.PersonFactory(is_staff=True, is_superuser=True)

    move(ticket, "admin_access", adam)

    assert list(Ticket.objects.visible_to(adam)) == [ticket]
    assert seen_by(colleague) == NOTHING
    assert other not in Ticket.objects.staffed_by(adam)


def test_administrator_who_is_one_no_more_reads_nothing(ticket, adam):
    move(ticket, "admin_access", adam)
    adam.is_superuser = False

    assert seen_by(adam) == NOTHING


def test_access_gives_no_act(ticket, adam, client_of):
    move(ticket, "admin_access", adam)
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, "noter"])
    key = typing_keys.sign(typing_keys.new_key(), adam)
    client_of(adam).post(address, {"key": key, "message": "Je passais."})

    refused = []
    for name, one in TRANSITIONS.items():
        try:
            move(ticket, name, adam)
        except NotAllowedError:
            refused.append(one.name)
    assert [name for name in TRANSITIONS if name not in refused] == ["admin_access"]
    assert not TicketEvent.objects.filter(kind="note", actor=adam).exists()
    offered = moves_open_to(standing_of(adam, ticket), ticket)
    assert [one.name for one in offered] == ["admin_access"]


def test_reason_is_an_internal_event_which_the_requester_never_reads(ticket, adam, lea, chief, client_of):
    move(ticket, "admin_access", adam, message=REASON)

    event = ticket.events.get(kind="admin_access")
    access = AdminAccess.objects.get()
    hers = client_of(lea).get(ticket.get_absolute_url()).content.decode()
    theirs = client_of(chief).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()
    assert (event.actor, event.words, event.is_internal) == (adam, REASON, True)
    assert (access.ticket, access.user, access.until - access.at) == (ticket, adam, LASTS)
    assert event.after["until"] == access.until.isoformat()
    assert REASON in theirs
    assert REASON not in hers
    assert "administrateur" not in hers


def test_managers_are_told_and_the_mail_says_nothing_of_it(ticket, adam, chief):
    move(ticket, "admin_access", adam, message=REASON)

    mails = OutgoingEmail.objects.filter(event__kind="admin_access")
    assert [(mail.recipient, mail.message) for mail in mails] == [(chief, "staff_confidential")]
    assert not re.search("panne|grave|Léa", f"{mails[0].subject}{mails[0].body_text}{mails[0].body_html}")


def test_handlers_are_told_where_nobody_manages(ticket, adam, chief, guardian):
    chief.roles.all().delete()

    move(ticket, "admin_access", adam)

    mails = OutgoingEmail.objects.filter(event__kind="admin_access")
    assert [mail.recipient for mail in mails] == [guardian]


def test_reason_must_be_said(ticket, adam):
    with pytest.raises(MissingInputError):
        move(ticket, "admin_access", adam, message="  ")
    assert seen_by(adam) == NOTHING


@pytest.mark.parametrize("who", ["mathilde", "lea", "guardian"])
def test_nobody_else_opens_it(request, ticket, who):
    with pytest.raises(NotAllowedError):
        move(ticket, "admin_access", request.getfixturevalue(who))


# --- the page ----------------------------------------------------------------------------------------
def test_page_exists_for_administrators_only(client_of, adam, mathilde, lea):
    address = reverse("admin:access")

    assert [client_of(one).get(address).status_code for one in (adam, mathilde, lea)] == [200, 404, 404]
    assert client_of(mathilde).post(address, {"reference": "TD-2026-000001"}).status_code == 404


def test_page_opens_the_request_and_shows_what_is_open(ticket, client_of, adam):
    browser, address = client_of(adam), reverse("admin:access")
    key = typing_keys.sign(typing_keys.new_key(), adam)
    form = {"key": key, "reference": ticket.reference, "reason": REASON}

    answers = [browser.post(address, form) for _twice in range(2)]

    home = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, home)] * 2
    assert AdminAccess.objects.count() == TicketEvent.objects.filter(kind="admin_access").count() == 1
    assert ticket.reference in browser.get(address).content.decode()


@pytest.mark.parametrize("which", ["no reason", "unknown", "not confidential", "her own"])
def test_page_says_what_is_wrong_and_keeps_the_words(ticket, client_of, adam, alert, lea, transcripts, which):
    reference = {
        "no reason": ticket.reference,
        "unknown": "TD-2026-999999",
        "not confidential": file_ticket(lea, transcripts).reference,
        "her own": file_ticket(adam, alert).reference,
    }[which]
    key = typing_keys.sign(typing_keys.new_key(), adam)
    reason = "" if which == "no reason" else REASON

    answer = client_of(adam).post(
        reverse("admin:access"), {"key": key, "reference": reference, "reason": reason}
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert (REASON in answer.content.decode()) == bool(reason)
    assert not AdminAccess.objects.exists()
