"""What a move changes in the request beside its status. Each mutates the locked ticket; none saves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from categories.enums import RoleKind
from tickets.lifecycle.enums import Abuse, Status
from tickets.lifecycle.holding import may_be_taken_back
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import (
    AlreadyGoneError,
    NotAllowedError,
    OvertakenError,
    SameThemeError,
    UnsuitableAssigneeError,
    UnsuitableRequesterError,
    UnsuitableThemeError,
)

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from categories.models import Category
    from tickets.models import Ticket, TicketEvent
    from tickets.services.given import Given

# What a request takes from its theme: its service and its legal regime, frozen from then on.
REGIME = ("is_sve", "silence_rule", "silence_months", "start_event")


def nothing(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Change nothing but the status."""


def take_charge(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Make the author the assignee; a free request starts."""
    ticket.assignee = actor
    _start(ticket)


def hand_over(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Make the person given the assignee. Raises UnsuitableAssigneeError if she may not handle the theme."""
    chosen = given.assignee
    if chosen is None or not may_hold(chosen, ticket):
        raise UnsuitableAssigneeError
    ticket.assignee = chosen
    _start(ticket)


def let_go(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Free the request."""
    ticket.assignee = None


def give_outcome(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep what came of the request, the time it took, and until when the closing may be contested."""
    ticket.outcome = given.outcome
    ticket.minutes_spent += given.minutes or 0
    delay = timedelta(days=ticket.category.closing_delay_days)
    ticket.approve_by = timezone.localdate(now) + delay


def resume(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Give the request back to whoever had it, or free it if she has left the theme."""
    ticket.outcome = ""
    ticket.satisfaction = None
    ticket.reminded_at = None
    _keep_holder_or_free(ticket)


def hear(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Go on waiting as long as something a text requires is due and not given up. One query."""
    due = ticket.required_items.due().exclude(pk__in=[item.pk for item in given.supplied])
    if not given.gives_up and due.exists():
        ticket.status = Status.WAITING


def put_off(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep the day on which the request is taken up again."""
    ticket.recall_on = given.recall_on


def remember_reminder(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep that the requester was reminded: once is enough."""
    ticket.reminded_at = now


def keep_opinion(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep what the requester thinks of the service, if she says it."""
    ticket.satisfaction = given.satisfaction


def change_theme(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Put the request under the theme given, with its service and its regime; free it if need be.

    Raises SameThemeError, UnsuitableThemeError.
    """
    chosen = given.category
    if chosen is None or not chosen.takes_requests():
        raise UnsuitableThemeError
    if chosen.pk == ticket.category_id:
        raise SameThemeError
    ticket.sender, ticket.sender_category = actor, ticket.category
    _settle_under(ticket, chosen)
    _keep_holder_or_free(ticket)


def return_to_sender(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Put the request back where it came from, in the hands of whoever sent it if she still may."""
    sender, category = ticket.sender, ticket.sender_category
    if category is None:
        raise UnsuitableThemeError
    _settle_under(ticket, category)
    ticket.sender = ticket.sender_category = None
    ticket.assignee = sender
    _start(ticket)
    _keep_holder_or_free(ticket)


def send_away(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep the name of the administration the request goes to."""
    ticket.transmitted_to = given.administration


def join(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep which request this one is followed with from now on."""
    ticket.merged_into = given.other


def part(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Follow the request by itself again."""
    ticket.merged_into = None
    _keep_holder_or_free(ticket)


def report(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Flag the sending as abusive: a manager will say."""
    ticket.abuse = Abuse.REPORTED


def confirm(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Confirm that the sending is abusive."""
    ticket.abuse = Abuse.CONFIRMED


def clear(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Say that the sending is not abusive."""
    ticket.abuse = ""


def lose_sight(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Keep since when mails do not reach the requester."""
    ticket.unreached_at = now


def reach(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Take the task off: she was reached otherwise."""
    ticket.unreached_at = None


def rename(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Give the request another subject."""
    ticket.subject = given.subject


def weigh(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Give the request another priority."""
    ticket.priority = given.priority or ticket.priority


def give_to(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Make the person given the requester; free the request if she was in charge of it.

    Raises UnsuitableRequesterError.
    """
    chosen = given.person
    if chosen is None or not chosen.is_active or chosen == actor or chosen.pk == ticket.requester_id:
        raise UnsuitableRequesterError
    ticket.requester = chosen
    ticket.unreached_at = None  # it was about the former one
    _keep_holder_or_free(ticket)


def recover(ticket: Ticket, actor: User | None, given: Given, now: datetime) -> None:
    """Put the request back as it was before the answer being taken back, if that answer changed it.

    Raises NotAllowedError for the answer of somebody else, AlreadyGoneError, OvertakenError.
    """
    answer = held_answer(ticket, given.sequence, now)
    if answer is None:
        raise AlreadyGoneError
    if answer.actor_id != (actor and actor.pk):
        raise NotAllowedError
    if answer.before["status"] == answer.after["status"]:
        return
    # A question changed the status: only the very last word may be unsaid.
    if ticket.events.filter(sequence__gt=answer.sequence, is_internal=False).exists():
        raise OvertakenError
    ticket.status = answer.before["status"]
    if answer.before.get("recall_on"):
        ticket.recall_on = date.fromisoformat(answer.before["recall_on"])


def held_answer(ticket: Ticket, sequence: int | None, now: datetime) -> TicketEvent | None:
    """Return the answer of that rank, or the latest, if it may still be taken back. One query."""
    waiting = ticket.events.on_their_way(now).select_related("hold").order_by("-sequence")
    answer = (waiting if sequence is None else waiting.filter(sequence=sequence)).first()
    return answer if answer and may_be_taken_back(answer.hold.until, now) else None


def may_hold(person: User, ticket: Ticket) -> bool:
    """Whether `person` may be in charge of the request: active, a handler of its theme, not its requester."""
    return person.is_active and standing_of(person, ticket).has(RoleKind.HANDLER)


def _settle_under(ticket: Ticket, category: Category) -> None:
    ticket.category = category
    ticket.service_id = category.service_id  # type: ignore[assignment]
    for name in REGIME:
        setattr(ticket, name, getattr(category, name))


def _keep_holder_or_free(ticket: Ticket) -> None:
    if ticket.assignee is None or not may_hold(ticket.assignee, ticket):
        ticket.assignee = None
        ticket.status = Status.SUBMITTED


def _start(ticket: Ticket) -> None:
    if ticket.status == Status.SUBMITTED:
        ticket.status = Status.IN_PROGRESS
