"""Whether what a person gave is what the move asks for."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from accounts.models import User
from categories.enums import Priority, RoleKind, TimeAsked
from tickets.lifecycle.doubts import says_the_contrary
from tickets.lifecycle.enums import Outcome, Satisfaction
from tickets.lifecycle.moves import Ask, Transition
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import BadDateError, DoubtError, MissingInputError, UnsuitableRequestError
from tickets.models import DraftFile, Ticket
from tickets.services.given import Given
from tickets.services.required_items import require_notice

FURTHEST_RECALL: Final = timedelta(days=366)


def check_input(
    ticket: Ticket, move: Transition, given: Given, files: list[DraftFile], now: datetime
) -> None:
    """Refuse what lacks something `move` asks for on `ticket`, or has it wrong; `files` come with the words.

    Raises MissingInputError, BadDateError, BadDeadlineError, DoubtError.
    """
    if any(is_missing(given, files) for ask, is_missing in _MISSING.items() if ask in move.asks):
        raise MissingInputError
    if Ask.MINUTES in move.asks and given.minutes is None and _must_say_time(ticket):
        raise MissingInputError
    if Ask.SATISFACTION in move.asks and given.satisfaction not in (None, *Satisfaction.values):
        raise MissingInputError
    if Ask.RECALL_ON in move.asks and not _is_soon(given.recall_on, now):
        raise BadDateError
    if Ask.ITEMS in move.asks:
        require_notice(given, now)
    if Ask.SURE in move.asks and not given.is_sure and says_the_contrary(given.message):
        raise DoubtError


# What a move asks for, and when it is missing.
_MISSING: Final = {
    Ask.REQUIRED_MESSAGE: lambda given, files: not given.message.strip(),
    Ask.MESSAGE_OR_FILES: lambda given, files: not (given.message.strip() or files or given.gives_up),
    Ask.OUTCOME: lambda given, files: given.outcome not in Outcome.values,
    Ask.ASSIGNEE: lambda given, files: given.assignee is None,
    Ask.RECALL_ON: lambda given, files: given.recall_on is None,
    Ask.CATEGORY: lambda given, files: given.category is None,
    Ask.ADMINISTRATION: lambda given, files: not given.administration.strip(),
    Ask.CONTACT: lambda given, files: not given.contact.strip(),
    Ask.OTHER: lambda given, files: given.other is None,
    Ask.SUBJECT: lambda given, files: not given.subject.strip(),
    Ask.EMAIL: lambda given, files: not given.email.strip(),
    Ask.GUEST: lambda given, files: given.guest is None,
    Ask.PERSON: lambda given, files: given.person is None,
    Ask.FILE: lambda given, files: given.file is None,
    Ask.ENTRY: lambda given, files: given.entry is None,
    Ask.QUESTION: lambda given, files: not given.question.strip(),
    Ask.SOLUTION: lambda given, files: not given.solution.strip(),
    Ask.LINK: lambda given, files: given.link is None,
    Ask.PRIORITY: lambda given, files: given.priority not in Priority.values,
}


def _must_say_time(ticket: Ticket) -> bool:
    return ticket.category.time_asked == TimeAsked.REQUIRED


def _is_soon(day: date | None, now: datetime) -> bool:
    today = timezone.localdate(now)
    return day is not None and today < day <= today + FURTHEST_RECALL


def check_other(move: Transition, ticket: Ticket, given: Given, actor: User | None) -> None:
    """Let a request join only an open one of the same person, which the author handles too.

    Raises UnsuitableRequestError.
    """
    if Ask.OTHER not in move.asks or given.other is None:
        return
    other = given.other
    if other.pk == ticket.pk or other.requester_id != ticket.requester_id or not other.is_open:
        raise UnsuitableRequestError
    if not standing_of(actor, other).has(RoleKind.HANDLER):
        raise UnsuitableRequestError
