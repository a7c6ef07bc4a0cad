"""What must be true of the request itself, beside its status, for a move to be made.

A guard is asked under the lock, and by pages to know which buttons to show. Each raises MoveRefusedError or
returns; it reads what is loaded and asks no query but where it says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from categories.enums import RoleKind
from categories.roles import is_confidential
from tickets.lifecycle.enums import Abuse
from tickets.lifecycle.refusals import (
    AlreadyGoneError,
    AlreadyReportedError,
    ConfidentialGuestError,
    ConfidentialSolutionError,
    ConfidentialThemeError,
    NoMailAnswerError,
    NoSenderError,
    NotReportedError,
    ReachedError,
    TooEarlyError,
    TooLateError,
    UnreachedError,
    UnsuitableGuestError,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from tickets.lifecycle.permissions import Standing
    from tickets.models import Ticket

REOPENING_DAYS: Final = 30  # for the requester; afterwards she files a linked request
REMINDER_DAYS: Final = 5  # before the closing becomes tacit
# After the question, or after what came in answer when something is still due.
ANSWER_REMINDER_DAYS: Final = (5, 10)
# A first reminder sent so late that the second would follow it at once is the only one.
LATE_REMINDER_DAYS: Final = 9
PARTING_HOURS: Final = 24


def _is_under_confidential(ticket: Ticket) -> bool:
    """Whether the theme of `ticket` is confidential: several guards ask, one query answers them all."""
    known, answer = getattr(ticket, "confidential_theme", (None, False))
    if known != ticket.category_id:
        answer = is_confidential(ticket.category_id)
        ticket.confidential_theme = (ticket.category_id, answer)  # type: ignore[attr-defined]
    return answer


def none(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Ask nothing more."""


def recall_is_due(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Let Télé-demande recall a request on its day, the assignee at any time. Raises TooEarlyError."""
    if standing.is_system and (ticket.recall_on is None or ticket.recall_on > timezone.localdate(now)):
        raise TooEarlyError


def closing_is_tacit(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Let a closing become tacit once its last day is over, in Paris. Raises TooEarlyError."""
    if ticket.approve_by is None or ticket.approve_by >= timezone.localdate(now):
        raise TooEarlyError


def reminder_is_due(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Remind once, from the fifth day before the last one on. Raises TooEarlyError, TooLateError."""
    if ticket.approve_by is None or timezone.localdate(now) < reminded_from(ticket.approve_by):
        raise TooEarlyError
    if ticket.reminded_at is not None or ticket.approve_by < timezone.localdate(now):
        raise TooLateError


def answer_reminder_is_due(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Remind of a question from its fifth day on, then from its tenth, once each. Two queries.

    Raises TooEarlyError, TooLateError.
    """
    asked_at = ticket.events.questions().order_by("-sequence").values_list("at", flat=True).first()
    days = 0 if asked_at is None else (timezone.localdate(now) - timezone.localdate(asked_at)).days
    first, second = ANSWER_REMINDER_DAYS
    if asked_at is None or days < first:
        raise TooEarlyError
    since = asked_at + timedelta(days=LATE_REMINDER_DAYS if days >= second else 0)
    if ticket.events.filter(kind="remind_answer", at__gte=since).exists():
        raise TooLateError


def reminded_from(approve_by: date) -> date:
    """Return the day from which the requester is reminded, given the last day she has."""
    return approve_by - timedelta(days=REMINDER_DAYS)


def reopening_is_in_time(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Let the requester reopen for thirty days, staff at any time. Raises TooLateError."""
    if standing.is_requester and (ticket.ended_at is None or now > may_reopen_until(ticket.ended_at)):
        raise TooLateError


def may_reopen_until(ended_at: datetime) -> datetime:
    """Return the instant after which the requester files a linked request instead of reopening."""
    return ended_at + timedelta(days=REOPENING_DAYS)


def may_leave_theme(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Keep requests in their confidential theme, unless its manager decides. One query for handlers.

    Raises ConfidentialThemeError.
    """
    if not standing.has(RoleKind.MANAGER) and _is_under_confidential(ticket):
        raise ConfidentialThemeError


def may_be_published(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Publish nothing of a confidential theme. One query. Raises ConfidentialSolutionError."""
    if _is_under_confidential(ticket):
        raise ConfidentialSolutionError


def is_not_reported(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Report an abuse once. Raises AlreadyReportedError."""
    if ticket.abuse:
        raise AlreadyReportedError


def is_reported(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Judge only what somebody reported. Raises NotReportedError."""
    if ticket.abuse != Abuse.REPORTED:
        raise NotReportedError


def is_thought_reached(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Ask once to reach her otherwise, until it is done. Raises UnreachedError."""
    if ticket.unreached_at is not None:
        raise UnreachedError


def is_unreached(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Say how she was reached only while mails do not reach her. Raises ReachedError."""
    if ticket.unreached_at is None:
        raise ReachedError


def is_flagged(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Clear only what is reported or confirmed. Raises NotReportedError."""
    if not ticket.abuse:
        raise NotReportedError


def may_have_guests(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Leave the guests of a confidential request to its requester and to managers. One query for handlers.

    Raises ConfidentialGuestError.
    """
    is_free_to = standing.is_requester or standing.has(RoleKind.MANAGER)
    if not is_free_to and _is_under_confidential(ticket):
        raise ConfidentialGuestError


def has_guests(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Remove somebody only where somebody is invited: one query for staff; her page tells the requester.

    Raises UnsuitableGuestError.
    """
    if not standing.is_requester and not ticket.participants.current().exists():
        raise UnsuitableGuestError


def has_a_sender(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Give back only what somebody sent. Raises NoSenderError."""
    if ticket.sender_category_id is None:
        raise NoSenderError


def parting_is_in_time(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Undo a joining within a day. Raises TooLateError."""
    if ticket.ended_at is None or now > ticket.ended_at + timedelta(hours=PARTING_HOURS):
        raise TooLateError


def an_answer_came_by_mail(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Count only what came by mail since the question, and was not counted yet. One query, for those who may.
    Raises NoMailAnswerError.
    """
    if not ticket.events.answers_by_mail(ticket).exists():
        raise NoMailAnswerError


def an_answer_is_on_its_way(ticket: Ticket, standing: Standing, now: datetime) -> None:
    """Take back only what has not left. One query. Raises AlreadyGoneError."""
    if not ticket.events.on_their_way(now).exists():
        raise AlreadyGoneError
