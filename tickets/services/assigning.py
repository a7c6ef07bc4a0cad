"""Give a request to somebody as it arrives, as its theme says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max

from accounts.models import User
from categories.absences import present
from categories.enums import AssignmentRule
from categories.models import Category
from categories.roles import people_on
from tickets.lifecycle.enums import OPEN
from tickets.models import Ticket, TicketEvent
from tickets.services.given import Given
from tickets.services.moving import apply_transition

# Turns taken longer ago than this are forgotten: the story read under the lock stays short.
_MEMORY: Final = timedelta(days=366)

Choice = Callable[[list[User], Ticket], User]


def assign_on_arrival(ticket: Ticket, *, at: datetime) -> Ticket:
    """Give the request just filed to a handler, by the rule of its theme, and return it.

    Télé-demande is the author of the event, dated `at`. The request stays free when the rule is to give it to
    nobody, or when no handler of the theme is there but its requester: those who are away are not chosen.
    Must run in the transaction of the filing. The theme is locked first: of two requests that arrive
    together, the second sees whom the first was given to.
    """
    if ticket.category.assignment_rule == AssignmentRule.NOBODY:
        return ticket
    locked = Category.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket.category_id)
    chosen = _chosen(AssignmentRule(locked.assignment_rule), ticket)
    if chosen is None:
        return ticket
    return apply_transition(ticket.pk, "assign", actor=None, given=Given(assignee=chosen), at=at)


def _chosen(rule: AssignmentRule, ticket: Ticket) -> User | None:
    choose = _CHOICES.get(rule)
    people = list(present(people_on(ticket.category_id)).exclude(pk=ticket.requester_id))
    return choose(people, ticket) if choose and people else None


def _first(people: list[User], ticket: Ticket) -> User:
    return people[0]


def _in_turn(people: list[User], ticket: Ticket) -> User:
    """Return whom a request of this theme was given to longest ago: first of all, those it never was."""
    given = TicketEvent.objects.filter(
        kind="assign",
        actor=None,
        ticket__category=ticket.category_id,
        ticket__submitted_at__gt=ticket.submitted_at - _MEMORY,
    )
    latest = dict(given.order_by().values_list("after__assignee_id").annotate(latest=Max("pk")))
    return min(people, key=lambda person: latest.get(person.pk, 0))


def least_loaded(people: list[User], ticket: Ticket) -> User:
    """Return who has the fewest open requests, all themes together."""
    loads = Ticket.objects.filter(assignee__in=people, status__in=OPEN).order_by()
    counted = dict(loads.values_list("assignee").annotate(count=Count("pk")))
    return min(people, key=lambda person: counted.get(person.pk, 0))


# Between equals, `people_on` decides: by name.
_CHOICES: Final[dict[AssignmentRule, Choice]] = {
    AssignmentRule.FIRST_AVAILABLE: _first,
    AssignmentRule.IN_TURN: _in_turn,
    AssignmentRule.LEAST_LOADED: least_loaded,
}
