"""The table of moves over HTTP: every move × status × kind of person, at its real addresses.

On the requester's pages and in the workbench: the button stands on the page or not; what one may not see is a
404, what one may not do is refused in words, the rest is done. The cells are those of table.txt.

What exists at a door is tried from every status; what does not, and the reading of a form, from one status a
move, another one each time. `EVERY_CELL=1 pytest …` tries the whole, in minutes.
"""

import os
import uuid
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from categories.enums import RoleKind
from categories.roles import revoke_role
from tests.factories import GIVEN, file_ticket, handler_on, invite
from tests.strictness import StrictClient
from tests.tickets.lifecycle.grid import LETTERS, TABLE, column, set_scene
from tests.tickets.lifecycle.test_kinds import NOT_THERE, OWN, of_guest
from tickets import typing_keys
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket

# --- by hand: who finds what at which door ----------------------------------------------------------------
STAFF = ("observer", "handler", "assignee", "manager", "administrator")
HERS = ("requester", "guest")
OUTSIDE = ("stranger", "elsewhere", "former", "anonymous")
PEOPLE = (*HERS, *STAFF, *OUTSIDE)
# A question that waits is answered; another message is written once it is.
INSTEAD = {("comment", "waiting")}
# A handler removes whom she invited herself: her button asks whom; here, somebody of the requester’s.
ASKS_WHOM = ("uninvite",)
# Its door is another page of the workbench (tests/tickets/test_admin_access.py), where the theme is secret.
ELSEWHERE = ("admin_access",)
# Beside what they are for: a file, a link, a proposal, an answer on its way.
BESIDE = (
    "withdraw_file",
    "unlink",
    "accept_solution",
    "decline_solution",
    "take_back",
    "count_answer",
    "reach",
)
FLAGGED = ("report_abuse", "confirm_abuse", "clear_abuse")


def hers(name, who):
    """Return the cells of a move on the requester's pages: status → cell, « 404 » where it does not exist."""
    cells = of_guest(name) if who == "guest" else column(name, "requester")
    return dict.fromkeys(cells, "404") if who not in HERS or set(cells.values()) == {"-"} else cells


def staffs(name, who):
    """Return the cells of a move in the workbench, the same way."""
    is_staffs = any(set(column(name, one).values()) != {"-"} for one in STAFF)
    return column(name, who) if who in STAFF and is_staffs else dict.fromkeys(NOT_THERE, "404")


# --- the stage --------------------------------------------------------------------------------------------
@pytest.fixture
def scene(lea, transcripts, colette, late_enrolment):
    return set_scene(file_ticket(lea, transcripts), colette, late_enrolment)


@pytest.fixture
def person_of(request, scene, studies):
    """Return a function that gives the person of a column; None for nobody."""

    def find(who):
        if who == "guest":
            invite(scene.ticket, marc := request.getfixturevalue("marc"))
            return marc
        if who == "former":
            person = handler_on(studies, RoleKind.MANAGER)
            revoke_role(person.roles.get())
            return person
        if who == "handler":
            return handler_on(studies)
        names = {
            "requester": "lea",
            "stranger": "ines",
            "observer": "oscar",
            "assignee": "claire",
            "manager": "mathilde",
            "elsewhere": "bruno",
            "administrator": "adam",
        }
        return request.getfixturevalue(names[who]) if who in names else None

    return find


def posted(scene, name, person):
    """Return what a browser posts to make the move `name`."""
    day = timezone.localdate() + timedelta(days=7)
    needs = {
        "assign": {"assignee": scene.colleague.pk},
        "move": {"category": scene.theme.pk},
        "merge": {"other": scene.other.reference},
        "change_requester": {"person": scene.colleague.email},
        "uninvite": {"guest": scene.guest.pk},
        "postpone": {"recall_on": day.isoformat()},
        "ask_items": {
            "items": "Attestation CVEC",
            "deadline": (day + timedelta(days=21)).isoformat(),
            "is_indispensable": "no",
        },
        "withdraw_file": {"file": scene.file_of(person).uuid} if name == "withdraw_file" and person else {},
        "link": {"linked": scene.other.reference},
        "show_entry": {"entry": scene.entry.pk},
        "unlink": {"link": scene.link().pk} if name == "unlink" else {},
    }
    key = {"key": typing_keys.sign(uuid.uuid4(), person)} if person else {}
    return GIVEN.get(name, {}) | needs.get(name, {}) | key


def browser_of(person, kind=Client):
    browser = kind()
    if person is not None:
        browser.force_login(person)
    return browser


def her_address(scene, slug):
    return reverse("tickets:move", args=[scene.ticket.reference, slug])


def staff_address(scene, slug):
    return reverse("admin:tickets_ticket_move", args=[scene.ticket.pk, slug])


DOORS = {"requester": (her_address, hers), "workbench": (staff_address, staffs)}


# --- moves at their addresses -----------------------------------------------------------------------------
def tried(cells, rank):
    """Return the (status, whether its form is read) to try of a move, which stands at `rank` in the table."""
    statuses = list(cells)
    one = statuses[rank % len(statuses)]
    if os.environ.get("EVERY_CELL"):
        return [(status, True) for status in statuses]
    is_shut = set(cells.values()) == {"404"}
    return [(one, True)] if is_shut else [(status, status == one) for status in statuses]


def found(browser, scene, name, address, person, *, is_read):
    """GET (`is_read`) then POST the address, take everything back, and return the cell that was found."""
    before = Ticket.objects.get(pk=scene.ticket.pk)
    savepoint = transaction.savepoint()
    shown = browser.get(address).status_code if is_read else None
    answer = browser.post(address, posted(scene, name, person))
    after = Ticket.objects.get(pk=scene.ticket.pk)
    transaction.savepoint_rollback(savepoint)
    if person is None:
        is_shut = _leads_to_login(answer) and shown in (302, None)
        return "404" if is_shut else f"{shown} {answer.status_code}"
    if after.event_count != before.event_count:
        return "." if after.status == before.status else LETTERS[after.status]
    if answer.status_code == 404 and shown in (404, None):
        return "404"
    return (
        "refused"
        if shown in (200, None) and _says_why(answer)
        else f"{shown} {answer.status_code}, nothing said"
    )


def _leads_to_login(answer):
    return answer.status_code == 302 and answer.url.startswith(reverse("login"))


def _says_why(answer):
    if answer.status_code == 302:
        said = [message.level_tag for message in get_messages(answer.wsgi_request)]
        return said[-1:] == ["error"]
    return answer.status_code == 200 and bool(answer.context["form"].non_field_errors())


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", PEOPLE)
def test_address_of_every_move_answers_as_the_table_says(who, door, scene, person_of, claire):
    person, (address_of, cells_of) = person_of(who), DOORS[door]
    browser, answers, expected = browser_of(person), {}, {}

    for rank, name in enumerate(TABLE):
        address, cells = address_of(scene, TRANSITIONS[name].slug), cells_of(name, who)
        for status, is_read in tried(cells, rank):
            scene.force(name, status, person if who == "former" else claire)
            answers[name, status] = found(browser, scene, name, address, person, is_read=is_read)
            is_refused = cells[status] in "-!" or (name in OWN and cells[status] != "404")
            expected[name, status] = "refused" if is_refused else cells[status]

    assert answers == expected


# --- buttons ----------------------------------------------------------------------------------------------
def buttons(page, address_of, scene):
    """Return the moves whose address stands on the page."""
    text = page.content.decode() if page.status_code == 200 else ""
    return {name for name, move in TRANSITIONS.items() if f'"{address_of(scene, move.slug)}' in text}


def offered(cells_of, who, status, *, is_flagged):
    """Return the moves whose button must stand there, by the table."""
    can = {name for name in TABLE if cells_of(name, who)[status] not in ("-", "!", "404")}
    if cells_of is staffs and who in ("handler", "assignee"):
        can |= set(ASKS_WHOM)
    can -= {name for name, instead in INSTEAD if status == instead and name in can and "answer" in can}
    return (
        can - ({"report_abuse"} if is_flagged else {"confirm_abuse", "clear_abuse"}) - {*ELSEWHERE, *BESIDE}
    )


@pytest.mark.parametrize("is_flagged", [False, True], ids=["", "flagged"])
@pytest.mark.parametrize("who", PEOPLE)
def test_buttons_are_those_of_the_table(who, is_flagged, scene, person_of, claire):
    person = person_of(who)
    browser = browser_of(person, StrictClient)
    pages = {
        her_address: (reverse("tickets:ticket", args=[scene.ticket.reference]), hers, (*HERS, *STAFF)),
        staff_address: (reverse("admin:tickets_ticket_change", args=[scene.ticket.pk]), staffs, STAFF),
    }

    for status in Status.values:
        scene.force("clear_abuse" if is_flagged else "take", status, person if who == "former" else claire)
        for address_of, (url, cells_of, readers) in pages.items():
            page = browser.get(url)
            refused = 302 if person is None else 404
            assert page.status_code == (200 if who in readers else refused), (status, url)
            shown = offered(cells_of, who, status, is_flagged=is_flagged)
            assert buttons(page, address_of, scene) - set(BESIDE) == shown, (status, url)
