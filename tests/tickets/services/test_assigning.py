"""A theme may give its requests to somebody as they arrive."""

import pytest
from django.db import connection

from categories.enums import AssignmentRule, Priority, RoleKind
from categories.models import Category
from categories.roles import grant_role, revoke_role
from notifications.models import OutgoingEmail
from tests.factories import draft_of, file_ticket, handler_on, move, ticket_in
from tests.tickets.services.test_races import at_once
from tickets.models import Ticket, TicketEvent
from tickets.services.filing import open_ticket


@pytest.fixture
def theme(transcripts):
    """A theme, and how to change its rule."""

    def with_rule(rule):
        Category.objects.filter(pk=transcripts.pk).update(assignment_rule=rule)
        transcripts.refresh_from_db()
        return transcripts

    return with_rule


def logins(tickets):
    return [ticket.assignee.login if ticket.assignee else None for ticket in tickets]


def test_given_to_nobody_a_request_waits(lea, claire, theme):
    ticket = file_ticket(lea, theme(AssignmentRule.NOBODY))

    assert (ticket.status, ticket.assignee, ticket.event_count) == ("submitted", None, 1)


def test_assignment_is_an_event_of_the_service_itself(lea, claire, theme):
    ticket = file_ticket(lea, theme(AssignmentRule.FIRST_AVAILABLE))

    ticket.refresh_from_db()
    submit, assign = ticket.events.all()
    assert (ticket.status, ticket.assignee, ticket.event_count) == ("in_progress", claire, 2)
    assert (submit.kind, submit.actor, submit.after["status"]) == ("submit", lea, "submitted")
    assert (assign.kind, assign.actor, assign.at, assign.is_internal) == (
        "assign",
        None,
        ticket.submitted_at,
        False,
    )
    assert (assign.before, assign.after) == (
        {"status": "submitted", "assignee_id": None, "outcome": ""},
        {"status": "in_progress", "assignee_id": claire.pk, "outcome": ""},
    )


def test_first_available_is_the_first_active_handler_by_name(
    lea, claire, colette, mathilde, oscar, bruno, theme
):
    leaf = theme(AssignmentRule.FIRST_AVAILABLE)  # by name: Dumas, Leroy, Roux

    first = file_ticket(lea, leaf)
    claire.is_active = False
    claire.save()
    second = file_ticket(lea, leaf)
    revoke_role(mathilde.roles.get())
    third = file_ticket(lea, leaf)

    assert logins([first, second, third]) == ["claire.dumas", "mathilde.leroy", "colette.roux"]


@pytest.mark.parametrize("rule", [rule for rule in AssignmentRule if rule != AssignmentRule.NOBODY])
def test_nobody_is_given_her_own_request(claire, colette, theme, rule):
    assert file_ticket(claire, theme(rule)).assignee == colette


@pytest.mark.parametrize("rule", AssignmentRule)
def test_without_a_handler_a_request_waits(claire, oscar, bruno, theme, rule):
    ticket = file_ticket(claire, theme(rule))  # the only handler is the requester

    assert (ticket.status, ticket.assignee, ticket.event_count) == ("submitted", None, 1)


def test_in_turn_gives_to_whoever_was_given_one_longest_ago(lea, claire, colette, mathilde, theme):
    leaf = theme(AssignmentRule.IN_TURN)

    tickets = [file_ticket(lea, leaf) for _ in range(5)]

    assert logins(tickets) == [
        "claire.dumas",
        "mathilde.leroy",
        "colette.roux",
        "claire.dumas",
        "mathilde.leroy",
    ]


def test_turns_are_those_of_the_theme_and_of_the_rule_only(lea, claire, colette, late_enrolment, theme):
    Category.objects.filter(pk=late_enrolment.pk).update(assignment_rule=AssignmentRule.IN_TURN)
    late_enrolment.refresh_from_db()
    leaf = theme(AssignmentRule.IN_TURN)
    file_ticket(lea, late_enrolment)  # to Claire, of another theme
    first = file_ticket(lea, leaf)
    move(first, "assign", claire, assignee=colette)  # by hand: no turn of Colette's

    assert logins([first, file_ticket(lea, leaf)]) == ["claire.dumas", "colette.roux"]


def test_whoever_comes_to_the_team_has_the_next_turn(lea, claire, colette, transcripts, theme):
    leaf = theme(AssignmentRule.IN_TURN)
    for _ in range(2):
        file_ticket(lea, leaf)
    newcomer = handler_on(transcripts, login="zoe.zola", last_name="Zola")

    assert file_ticket(lea, leaf).assignee == newcomer


def test_least_loaded_counts_open_requests_of_all_themes(lea, claire, colette, late_enrolment, theme):
    ticket_in("in_progress", requester=lea, category=late_enrolment, handler=claire)
    ticket_in("waiting", requester=lea, category=late_enrolment, handler=claire)
    ticket_in("in_progress", requester=lea, category=late_enrolment, handler=colette)
    ticket_in("refused", requester=lea, category=late_enrolment, handler=colette)
    ticket_in("refused", requester=lea, category=late_enrolment, handler=colette)
    leaf = theme(AssignmentRule.LEAST_LOADED)

    tickets = [file_ticket(lea, leaf) for _ in range(3)]

    assert logins(tickets) == ["colette.roux", "claire.dumas", "colette.roux"]


def test_roles_above_a_confidential_theme_get_nothing(lea, claire, alert):
    Category.objects.filter(pk=alert.pk).update(assignment_rule=AssignmentRule.FIRST_AVAILABLE)
    alert.refresh_from_db()

    assert file_ticket(lea, alert).assignee is None
    guardian = handler_on(alert)
    assert file_ticket(lea, alert).assignee == guardian


def test_requester_and_assignee_are_told(lea, claire, colette, theme):
    file_ticket(lea, theme(AssignmentRule.FIRST_AVAILABLE))

    told = OutgoingEmail.objects.filter(event__kind="assign").values_list("recipient", "message")
    assert sorted(told) == sorted([(lea.pk, "assigned"), (claire.pk, "staff_news")])


def test_page_of_the_request_shows_who_acted(lea, claire, client_of, theme):
    ticket = file_ticket(lea, theme(AssignmentRule.FIRST_AVAILABLE))

    pages = [
        client_of(lea).get(ticket.get_absolute_url()),
        client_of(claire).get(f"/gestion/tickets/ticket/{ticket.pk}/change/"),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Confiée à un gestionnaire" in page.content.decode() for page in pages)


def test_replayed_form_assigns_once(lea, claire, theme):
    draft = draft_of(lea, theme(AssignmentRule.IN_TURN))

    open_ticket(draft.key, requester=lea)
    open_ticket(draft.key, requester=lea)

    assert list(TicketEvent.objects.values_list("kind", flat=True)) == ["submit", "assign"]


@pytest.mark.parametrize("priority", Priority)
def test_a_request_arrives_with_the_priority_of_its_theme(lea, transcripts, priority):
    Category.objects.update(default_priority=priority)
    transcripts.refresh_from_db()

    assert file_ticket(lea, transcripts).priority == priority


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_requests_that_arrive_together_each_take_their_turn(lea, marc, theme, transcripts, _round):
    people = [handler_on(transcripts) for _ in range(4)]
    grant_role(people[0], transcripts, RoleKind.MANAGER)
    leaf = theme(AssignmentRule.IN_TURN)
    drafts = [draft_of(person, leaf) for person in (lea, marc) * 2]
    connection.close()

    at_once(*(lambda d=d: open_ticket(d.key, requester=d.owner) for d in drafts))

    assert set(Ticket.objects.values_list("assignee", flat=True)) == {person.pk for person in people}
