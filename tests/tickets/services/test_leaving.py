"""Somebody leaves a theme: each of her requests goes somewhere, and she keeps what other roles give her."""

import pytest
from django.urls import reverse

from categories.absences import note_absence
from categories.enums import RoleKind
from categories.models import Role
from categories.roles import grant_role
from tests.factories import file_ticket, handler_on, move
from tickets.lifecycle.effects import may_hold
from tickets.models import Ticket
from tickets.services.leaving import Handing, change_role, colleagues_for, held_through, leave_theme


@pytest.fixture
def held(lea, claire, transcripts, late_enrolment):
    """Three open requests in the hands of Claire, in two themes, and one that is closed."""
    themes = (transcripts, late_enrolment, transcripts)
    tickets = [move(file_ticket(lea, theme), "take", claire) for theme in themes]
    move(move(file_ticket(lea, transcripts), "take", claire), "close", claire)
    move(tickets[2], "ask", claire)
    return tickets


def fates(tickets):
    rows = Ticket.objects.in_bulk([ticket.pk for ticket in tickets])
    return [(row.status, row.assignee) for row in (rows[ticket.pk] for ticket in tickets)]


def orphans():
    """Return the open requests in charge of somebody who may not have them."""
    taken = Ticket.objects.open().filter(assignee__isnull=False)
    return [ticket for ticket in taken if not may_hold(ticket.assignee, ticket)]


def test_chosen_colleague_has_all_of_them(held, claire, colette, mathilde):
    report = leave_theme(claire.roles.get(), Handing.COLLEAGUE, colleague=colette)

    assert fates(held) == [("in_progress", colette), ("in_progress", colette), ("waiting", colette)]
    assert (report.given, report.freed, orphans()) == (held, [], [])
    event, note = held[0].events.order_by("-sequence")[:2][::-1]
    assert (event.kind, event.actor, event.after["assignee_id"]) == ("assign", None, colette.pk)
    assert (note.kind, note.words, note.is_internal) == ("note", "Claire Dumas ne gère plus ce thème.", True)


def test_released_requests_are_free(held, claire, colette):
    report = leave_theme(claire.roles.get(), Handing.RELEASE)

    assert fates(held) == [("submitted", None)] * 3
    assert (report.given, report.freed) == ([], held)


def test_spread_requests_go_to_the_least_loaded_who_is_there(
    held, claire, colette, mathilde, lea, transcripts
):
    away = handler_on(transcripts)
    day = held[0].submitted_at.date()
    note_absence(away, by=away, first_day=day, last_day=day.replace(year=day.year + 1))
    for _each in range(2):
        move(file_ticket(lea, transcripts), "take", colette)

    leave_theme(claire.roles.get(), Handing.SPREAD)

    # Mathilde has none, then one, then two as Colette has: the first by name.
    assert [assignee for _status, assignee in fates(held)] == [mathilde, mathilde, mathilde]
    assert orphans() == []


def test_request_whose_new_holder_made_it_is_freed(held, claire, colette, transcripts):
    own = move(file_ticket(colette, transcripts), "take", claire)

    report = leave_theme(claire.roles.get(), Handing.COLLEAGUE, colleague=colette)

    assert fates([own]) == [("submitted", None)]
    assert (report.given, report.freed) == (held, [own])


def test_without_anybody_left_requests_are_free(held, claire):
    report = leave_theme(claire.roles.get(), Handing.SPREAD)

    assert (fates(held), report.freed) == ([("submitted", None)] * 3, held)


def test_what_another_role_gives_stays_in_her_hands(held, claire, colette, transcripts):
    role = claire.roles.get()
    grant_role(claire, transcripts, RoleKind.HANDLER)

    assert held_through(role) == [held[1]]
    leave_theme(role, Handing.COLLEAGUE, colleague=colette)
    assert [assignee for _status, assignee in fates(held)] == [claire, colette, claire]


def test_role_of_an_observer_keeps_nothing(held, claire, finances):
    role = grant_role(claire, finances, RoleKind.OBSERVER)

    assert held_through(role) == []


def test_colleagues_may_have_each_of_them(held, claire, colette, mathilde, transcripts):
    handler_on(transcripts)  # of one theme of the two

    assert colleagues_for(claire.roles.get(), held) == [mathilde, colette]


def test_handler_who_becomes_an_observer_keeps_no_request(held, claire, colette):
    change_role(claire.roles.get(), RoleKind.OBSERVER)

    assert (claire.roles.get().kind, orphans()) == ("observer", [])
    assert [assignee for _status, assignee in fates(held)] == [colette] * 3


def test_handler_who_becomes_a_manager_keeps_all_of_them(held, claire, colette):
    change_role(claire.roles.get(), RoleKind.MANAGER)

    assert [assignee for _status, assignee in fates(held)] == [claire] * 3


# --- the page ----------------------------------------------------------------------------------------
def test_page_asks_does_and_reports(held, claire, colette, adam, client_of):
    browser, role = client_of(adam), claire.roles.get()
    address = reverse("admin:categories_role_delete", args=[role.pk])

    asked = browser.get(address).content.decode()
    silent = browser.post(address, {"post": "yes"})
    nobody = browser.post(address, {"handing": "colleague"})
    kept = Role.objects.filter(pk=role.pk).exists()
    done = browser.post(address, {"handing": "colleague", "colleague": colette.pk}, follow=True)

    assert "3 demandes en cours" in asked
    assert [bool(one.context["form"].errors) for one in (silent, nobody)] == [True, True]
    assert kept
    assert "3 demandes confiées." in done.content.decode()
    assert [assignee for _status, assignee in fates(held)] == [colette] * 3


def test_roles_taken_back_together_leave_no_orphan(held, claire, colette, mathilde, adam, client_of):
    chosen = [claire.roles.get().pk, colette.roles.get().pk]
    answers = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}

    client_of(adam).post(reverse("admin:categories_role_changelist"), answers)

    assert [assignee for _status, assignee in fates(held)] == [mathilde] * 3
    assert (orphans(), Role.objects.filter(pk__in=chosen).count()) == ([], 0)


def test_page_is_for_administrators(claire, mathilde, client_of):
    address = reverse("admin:categories_role_delete", args=[claire.roles.get().pk])

    assert client_of(mathilde).post(address, {"handing": "release"}).status_code == 404
    assert claire.roles.exists()
