"""Ask for what a text requires, and note what came of it, inside the move that says so (CRPA, L114-5)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from tickets.lifecycle.permissions import Standing, standing_of
from tickets.lifecycle.refusals import (
    BadDeadlineError,
    MissingInputError,
    NotAllowedError,
    UnsuitableItemError,
)
from tickets.lifecycle.transitions import COUNT_ANSWER
from tickets.models import MissingItemsNotice, RequiredItem, Ticket, TicketEvent
from tickets.services.given import Given

FEWEST_DAYS: Final = 15  # never less, whatever the handler would like
MOST_DAYS: Final = 366
ITEMS_MAX: Final = 20


def require_notice(given: Given, now: datetime) -> None:
    """Ask for at least one item, the text that requires them, a day, and whether nothing goes on without.

    Raises MissingInputError, BadDeadlineError.
    """
    items = [label for label in given.items if label.strip()]
    if not items or len(items) > ITEMS_MAX or not given.legal_basis.strip():
        raise MissingInputError
    if given.deadline is None or given.is_indispensable is None:
        raise MissingInputError
    if not may_be_deadline(given.deadline, now):
        raise BadDeadlineError


def may_be_deadline(day: date, now: datetime) -> bool:
    """Whether a notice sent at `now` may give until `day`, in Paris."""
    left = day - timezone.localdate(now)
    return timedelta(days=FEWEST_DAYS) <= left <= timedelta(days=MOST_DAYS)


def items_told(name: str, ticket: Ticket, actor: User | None, given: Given) -> dict[str, Any]:
    """Return what the event of the move `name` keeps of the items, in words: it is read for years.

    Raises NotAllowedError, UnsuitableItemError for what may not be said to come, or not any more.
    """
    if name == "ask_items":
        return {
            "items": list(given.items),
            "legal_basis": given.legal_basis,
            "deadline": given.deadline.isoformat() if given.deadline else "",
            "is_indispensable": bool(given.is_indispensable),
        }
    if name in _SUPPLYING and (given.supplied or given.gives_up):
        _check_supplier(name, standing_of(actor, ticket), given)
        return _supply_told(ticket, given)
    return {}


def _check_supplier(name: str, standing: Standing, given: Given) -> None:
    """Let the requester's side say what it sends, and staff what a mail brought; she alone gives up."""
    is_outside = standing.is_outside or name == COUNT_ANSWER
    if not is_outside or (given.gives_up and not standing.is_requester):
        raise NotAllowedError


def _supply_told(ticket: Ticket, given: Given) -> dict[str, Any]:
    due = list(ticket.required_items.due())
    supplied = {item.pk for item in given.supplied}
    if not ticket.is_open or not due or supplied - {item.pk for item in due}:
        raise UnsuitableItemError
    left = [item.label for item in due if item.pk not in supplied]
    return {
        "provided": [item.label for item in due if item.pk in supplied],
        "given_up": left if given.gives_up else [],
        "due": [] if given.gives_up else left,
    }


def write_items(event: TicketEvent, given: Given) -> None:
    """Write the rows that the move recorded as `event` changes, under the lock of its request."""
    write = _WRITERS.get(event.kind)
    if write is not None:
        write(event, given)


def _ask(event: TicketEvent, given: Given) -> None:
    if given.deadline is None or given.is_indispensable is None:
        raise MissingInputError  # `require_notice` has said so already
    notice = MissingItemsNotice.objects.create(
        ticket=event.ticket,
        event=event,
        legal_basis=given.legal_basis,
        deadline=given.deadline,
        is_indispensable=given.is_indispensable,
    )
    rows = [RequiredItem(ticket=event.ticket, notice=notice, label=label) for label in given.items]
    RequiredItem.objects.bulk_create(rows)


def _supply(event: TicketEvent, given: Given) -> None:
    due = RequiredItem.objects.filter(ticket=event.ticket).due()
    if given.supplied:
        came = due.filter(pk__in=[item.pk for item in given.supplied])
        came.update(provided_at=event.at, provided_with=event)
    if given.gives_up:
        due.update(given_up_at=event.at)


def _supply_by_mail(event: TicketEvent, given: Given) -> None:
    """Note that items came with the mail that is counted: on the day it arrived, which delays go by."""
    if given.supplied:
        mail = event.ticket.events.get(sequence=event.after["counts"])
        due = RequiredItem.objects.filter(ticket=event.ticket).due()
        came = due.filter(pk__in=[item.pk for item in given.supplied])
        came.update(provided_at=mail.at, provided_with=mail)


_SUPPLYING: Final = ("answer", "comment", COUNT_ANSWER)
_WRITERS: Final[dict[str, Callable[[TicketEvent, Given], None]]] = {
    "ask_items": _ask,
    "answer": _supply,
    "comment": _supply,
    COUNT_ANSWER: _supply_by_mail,
}
