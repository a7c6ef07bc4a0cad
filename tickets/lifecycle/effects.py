"""What a move changes in the request beside its status. Each mutates the locked ticket; none saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from categories.enums import RoleKind
from tickets.lifecycle.enums import Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import UnsuitableAssigneeError

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models import Ticket
    from tickets.services.moving import Given


def nothing(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Change nothing but the status."""


def take_charge(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Make the author the assignee; a free request starts."""
    ticket.assignee = actor
    _start(ticket)


def hand_over(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Make the person given the assignee. Raises UnsuitableAssigneeError if she may not handle the theme."""
    chosen = given.assignee
    if chosen is None or not chosen.is_active or not standing_of(chosen, ticket).has(RoleKind.HANDLER):
        raise UnsuitableAssigneeError
    ticket.assignee = chosen
    _start(ticket)


def let_go(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Free the request."""
    ticket.assignee = None


def give_outcome(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Keep what came of the request."""
    ticket.outcome = given.outcome


def resume(ticket: Ticket, actor: User | None, given: Given) -> None:
    """Give the request back to whoever had it, or free it if she has left the theme."""
    ticket.outcome = ""
    holder = ticket.assignee if ticket.assignee and ticket.assignee.is_active else None
    if holder is None or not standing_of(holder, ticket).has(RoleKind.HANDLER):
        ticket.assignee = None
        ticket.status = Status.SUBMITTED


def _start(ticket: Ticket) -> None:
    if ticket.status == Status.SUBMITTED:
        ticket.status = Status.IN_PROGRESS
