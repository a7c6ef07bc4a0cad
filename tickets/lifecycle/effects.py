"""What a move changes in the request beside its status. Each mutates the locked ticket; none saves."""

from categories.enums import RoleKind
from tickets.lifecycle.enums import Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import UnsuitableAssigneeError


def nothing(ticket, actor, given):
    """Change nothing but the status."""


def take_charge(ticket, actor, given):
    """Make the author the assignee; a free request starts."""
    ticket.assignee = actor
    _start(ticket)


def hand_over(ticket, actor, given):
    """Make the person given the assignee. Raises UnsuitableAssigneeError if she may not handle the theme."""
    standing = standing_of(given.assignee, ticket)
    if not given.assignee.is_active or not standing.has(RoleKind.HANDLER):
        raise UnsuitableAssigneeError
    ticket.assignee = given.assignee
    _start(ticket)


def let_go(ticket, actor, given):
    """Free the request."""
    ticket.assignee = None


def give_outcome(ticket, actor, given):
    """Keep what came of the request."""
    ticket.outcome = given.outcome


def resume(ticket, actor, given):
    """Give the request back to whoever had it, or free it if she has left the theme."""
    ticket.outcome = ""
    held = ticket.assignee is not None and ticket.assignee.is_active
    if not held or not standing_of(ticket.assignee, ticket).has(RoleKind.HANDLER):
        ticket.assignee = None
        ticket.status = Status.SUBMITTED


def _start(ticket):
    if ticket.status == Status.SUBMITTED:
        ticket.status = Status.IN_PROGRESS
