"""Every other kind of person stands as somebody of tests/tickets/lifecycle/table.txt, or as written here.

By hand, from the rules on people: roles are inherited and stop at a confidential theme, a substitute acts by
roles of her own, nobody handles her own request, people invited read, comment, answer and leave.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from categories.absences import note_absence
from categories.enums import RoleKind
from categories.roles import grant_role
from tests.factories import PersonFactory, file_ticket, handler_on, invite, move
from tests.tickets.lifecycle.grid import TABLE, cell, column, set_scene
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import (
    ConfidentialGuestError,
    ConfidentialSolutionError,
    ConfidentialThemeError,
)

# What somebody invited may do, and as whom; a move that people invited make gets its word here.
OF_GUESTS = {"answer": "requester", "comment": "requester", "withdraw_file": "requester", "leave": "."}
# What is its author's alone: on this stage, an answer of the colleague's, who is none of these people.
OWN = ("take_back",)
NOT_THERE = dict.fromkeys(Status.values, "-")


def of_guest(name):
    """Return the cells of somebody invited: status → cell."""
    if OF_GUESTS.get(name) == ".":
        return dict.fromkeys(Status.values, ".")
    return column(name, OF_GUESTS[name]) if name in OF_GUESTS else NOT_THERE


def as_column(who):
    return lambda name: column(name, who)


def nothing(name):
    return NOT_THERE


def reason_only(name):
    """An administrator where she has no role: she may say why she must read, nothing else."""
    return dict.fromkeys(Status.values, ".") if name == "admin_access" else NOT_THERE


def try_all(scene, person, assignee, expected):
    """Try every move from every status; compare with what `expected` says of the move."""
    found, written = {}, {}
    for name in TABLE:
        for status in Status.values:
            scene.force(name, status, assignee)
            found[name, status] = cell(scene, name, person)
            written[name, status] = "-" if name in OWN else expected(name)[status]
    assert found == written


# --- where nothing is confidential ------------------------------------------------------------------------
def handler_of_the_theme(ticket, claire):
    return handler_on(ticket.category)


def observer_above_handler_here(ticket, claire):
    person = handler_on(ticket.category.parent, RoleKind.OBSERVER)
    grant_role(person, ticket.category, RoleKind.HANDLER)
    return person


def manager_above_observer_here(ticket, claire):
    person = handler_on(ticket.category.parent, RoleKind.MANAGER)
    grant_role(person, ticket.category, RoleKind.OBSERVER)
    return person


def substitute(ticket, claire):
    return _stands_in(claire, handler_on(ticket.category))


def substitute_without_a_role(ticket, claire):
    return _stands_in(claire, PersonFactory())


def substitute_who_observes(ticket, claire):
    return _stands_in(claire, handler_on(ticket.category, RoleKind.OBSERVER))


def _stands_in(claire, person):
    today = timezone.localdate()
    note_absence(claire, by=claire, first_day=today, last_day=today + timedelta(days=9), substitute=person)
    return person


def assignee_who_is_away(ticket, claire):
    _stands_in(claire, handler_on(ticket.category))
    return claire


def guest(ticket, claire):
    person = PersonFactory()
    invite(ticket, person)
    return person


def guest_by_link_whose_account_proves_no_address(ticket, claire):
    invite(ticket, "quelqu.un@example.org")
    return PersonFactory(email="quelqu.un@example.org")


def guest_removed(ticket, claire):
    person = PersonFactory()
    move(ticket, "uninvite", ticket.requester, guest=invite(ticket, person))
    return person


def guest_who_left(ticket, claire):
    person = guest(ticket, claire)
    move(ticket, "leave", person)
    return person


def guest_who_handles(ticket, claire):
    person = handler_on(ticket.category)
    invite(ticket, person)
    return person


def guest_who_observes(ticket, claire):
    person = handler_on(ticket.category, RoleKind.OBSERVER)
    invite(ticket, person)
    return person


def follower_without_a_role_any_more(ticket, claire):
    person = handler_on(ticket.category)
    ticket.follows.create(user=person)
    person.roles.all().delete()
    return person


def former_requester(ticket, claire):
    return _gives_it_up(ticket, ticket.requester)


def former_requester_who_handles(ticket, claire):
    person = handler_on(ticket.category)
    move(ticket, "change_requester", handler_on(ticket.category, RoleKind.MANAGER), person=person)
    ticket.refresh_from_db()
    return _gives_it_up(ticket, person)


def _gives_it_up(ticket, person):
    move(ticket, "change_requester", handler_on(ticket.category, RoleKind.MANAGER), person=PersonFactory())
    return person


def new_requester(ticket, claire):
    return _becomes_requester(ticket, PersonFactory())


def new_requester_who_manages(ticket, claire):
    return _becomes_requester(ticket, handler_on(ticket.category, RoleKind.MANAGER))


def new_requester_who_was_invited(ticket, claire):
    return _becomes_requester(ticket, guest(ticket, claire))


def new_requester_who_administers(ticket, claire):
    return _becomes_requester(ticket, PersonFactory(is_staff=True, is_superuser=True))


def _becomes_requester(ticket, person):
    move(ticket, "change_requester", handler_on(ticket.category, RoleKind.MANAGER), person=person)
    return person


def administrator_who_handles(ticket, claire):
    return handler_on(ticket.category, is_superuser=True)


def administrator_invited(ticket, claire):
    person = PersonFactory(is_staff=True, is_superuser=True)
    invite(ticket, person)
    return person


PLAIN = {
    handler_of_the_theme: as_column("handler"),
    observer_above_handler_here: as_column("handler"),
    manager_above_observer_here: as_column("manager"),
    substitute: as_column("handler"),
    substitute_without_a_role: as_column("stranger"),
    substitute_who_observes: as_column("observer"),
    assignee_who_is_away: as_column("assignee"),
    guest: of_guest,
    guest_by_link_whose_account_proves_no_address: as_column("stranger"),
    guest_removed: as_column("stranger"),
    guest_who_left: as_column("stranger"),
    guest_who_handles: as_column("handler"),
    guest_who_observes: of_guest,
    follower_without_a_role_any_more: as_column("stranger"),
    former_requester: as_column("stranger"),
    former_requester_who_handles: as_column("handler"),
    new_requester: as_column("requester"),
    new_requester_who_manages: as_column("requester"),
    new_requester_who_was_invited: as_column("requester"),
    new_requester_who_administers: as_column("requester"),
    administrator_who_handles: as_column("handler"),
    administrator_invited: of_guest,
}


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.__name__)
def test_kind_of_person(kind, lea, transcripts, late_enrolment, claire, colette):
    ticket = file_ticket(lea, transcripts)
    person = kind(ticket, claire)
    ticket.refresh_from_db()
    ticket.requester.refresh_from_db()

    try_all(set_scene(ticket, colette, late_enrolment), person, claire, PLAIN[kind])


# --- where the theme is confidential ----------------------------------------------------------------------
@pytest.fixture
def secret(lea, alert, late_enrolment):
    """The stage around a confidential request. Who has it keeps it where it may go: a role there too."""
    return set_scene(file_ticket(lea, alert), _on_both(alert, late_enrolment), late_enrolment)


@pytest.fixture
def in_charge(alert, late_enrolment):
    return _on_both(alert, late_enrolment)


def _on_both(alert, late_enrolment):
    person = handler_on(alert)
    grant_role(person, late_enrolment, RoleKind.HANDLER)
    return person


@pytest.mark.parametrize("who", ["oscar", "claire", "mathilde", "ines"])
def test_roles_given_above_a_confidential_theme_stop_there(request, who, secret, in_charge):
    try_all(secret, request.getfixturevalue(who), in_charge, nothing)


@pytest.mark.parametrize("has_said_why", [False, True], ids=["without_a_reason", "with_a_reason"])
def test_administrator_of_a_confidential_request_says_why_and_reads(secret, in_charge, adam, has_said_why):
    if has_said_why:
        move(secret.ticket, "admin_access", adam)

    try_all(secret, adam, in_charge, reason_only)


def test_guest_of_a_confidential_request(secret, in_charge, marc):
    invite(secret.ticket, marc)

    try_all(secret, marc, in_charge, of_guest)


# Its people are those of the table, but for moves that are not a handler's, or not anybody's, to make there.
HANDLERS, ALL = ("handler", "assignee"), ("handler", "assignee", "manager")
RESERVED = {
    "move": (ConfidentialThemeError, HANDLERS),
    "invite": (ConfidentialGuestError, HANDLERS),
    "publish_solution": (ConfidentialSolutionError, ALL),
    "accept_solution": (ConfidentialSolutionError, ALL),
}


@pytest.mark.parametrize("who", ["requester", "observer", "handler", "assignee", "manager"])
def test_people_of_a_confidential_theme_stand_as_in_the_table(who, secret, alert, in_charge):
    kinds = {"observer": RoleKind.OBSERVER, "handler": RoleKind.HANDLER, "manager": RoleKind.MANAGER}
    person = {"requester": secret.ticket.requester, "assignee": in_charge}.get(who)
    person = person or handler_on(alert, kinds[who])

    for name in TABLE:
        expected = NOT_THERE if name in OWN else column(name, who)
        for status in Status.values:
            secret.force(name, status, in_charge)
            error, reserved = RESERVED.get(name, (None, ()))
            if who in reserved and expected[status] not in "-!":
                with pytest.raises(error):
                    cell(secret, name, person)
            else:
                assert cell(secret, name, person) == expected[status], (name, status)
