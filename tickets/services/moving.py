"""Apply one move of the table to one request, under its lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tickets.lifecycle.enums import FINAL, Outcome, Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import (
    MissingInputError,
    MoveRefusedError,
    NotAllowedError,
    WrongStatusError,
)
from tickets.lifecycle.transitions import TRANSITIONS, Ask, Transition
from tickets.models import Draft, DraftFile, Ticket, TicketEvent
from tickets.services.limits import require_patience
from tickets.services.recording import record_event

NOTE: Final = "note"
_WATCHED = ("status", "assignee_id", "outcome")
_WRITTEN = ("status", "assignee", "outcome", "updated_at", "closed_at", "ended_at", "event_count")


@dataclass(frozen=True)
class Given:
    """What a person gave with a move. `key` makes a replay harmless and names the draft of files."""

    message: str = ""
    assignee: User | None = None
    outcome: str = ""
    key: UUID | None = None


@transaction.atomic
def apply_transition(
    ticket_pk: int, name: str, *, actor: User | None, given: Given | None = None, at: datetime | None = None
) -> Ticket:
    """Make the move `name` on the request `ticket_pk` for `actor`, and return the request.

    An `actor` of None is Télé-demande acting by itself: it needs a move the table gives to the system.
    `at` is the instant of the move, now unless told: only what reports the past tells it, in order.
    Order matters: lock, then check, then write. Files come from the draft whose key is `given.key`. A key
    already used on this request changes nothing and returns it; on another request, it is refused. Raises
    MoveRefusedError (NotAllowedError, WrongStatusError, MissingInputError, UnsuitableAssigneeError,
    TooManyActsError); Ticket.DoesNotExist if it does not exist.
    """
    given = given or Given()
    move = TRANSITIONS[name]
    ticket = Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket_pk)
    if given.key and _is_done(ticket, given.key):
        return ticket
    _check_right(move, ticket, actor)
    if at is None and actor is not None and actor.pk == ticket.requester_id:
        require_patience(actor, timezone.now())
    draft = _draft_of(actor, ticket, given)
    files = list(draft.files.all()) if draft else []
    _check_input(move, given, files)
    before = _watched(ticket)
    now = at or timezone.now()
    _write(ticket, move, actor, given, now)
    _record(ticket, move, before, actor=actor, given=given, files=files, at=now)
    if draft:
        draft.delete()
    return ticket


def _draft_of(actor: User | None, ticket: Ticket, given: Given) -> Draft | None:
    if actor is None or given.key is None:
        return None
    # Held, as when a request is filed: nobody takes its files out, nor adds any, from now on.
    held = Draft.objects.select_for_update(of=("self",), no_key=True)
    return held.filter(key=given.key, owner=actor, ticket=ticket).first()


def _is_done(ticket: Ticket, key: UUID) -> bool:
    event = TicketEvent.objects.filter(key=key).only("ticket_id").first()
    if event is not None and event.ticket_id != ticket.pk:
        raise MoveRefusedError  # the form of another request
    return event is not None


def _record(
    ticket: Ticket,
    move: Transition,
    before: dict[str, Any],
    *,
    actor: User | None,
    given: Given,
    files: list[DraftFile],
    at: datetime,
) -> None:
    # Visibility belongs to the event, so the words a move keeps for staff go into a note of their own.
    aside = move.is_note and move.name != NOTE
    record_event(
        ticket,
        move.name,
        actor=actor,
        before=before,
        after=_watched(ticket),
        message="" if aside else given.message,
        is_internal=move.name == NOTE,
        files=files,
        key=given.key,
        at=at,
    )
    if aside and given.message.strip():
        ticket.event_count += 1
        ticket.save(update_fields=["event_count"])
        record_event(
            ticket, NOTE, actor=actor, before={}, after={}, message=given.message, is_internal=True, at=at
        )


def _check_right(move: Transition, ticket: Ticket, actor: User | None) -> None:
    # Right first: somebody without the right learns nothing of the status.
    if move.who is None or not move.who(standing_of(actor, ticket)):
        raise NotAllowedError
    if not move.starts_from(ticket.status):
        raise WrongStatusError


def _check_input(move: Transition, given: Given, files: list[DraftFile]) -> None:
    missing = (
        (Ask.REQUIRED_MESSAGE in move.asks and not given.message.strip())
        or (Ask.MESSAGE_OR_FILES in move.asks and not given.message.strip() and not files)
        or (Ask.OUTCOME in move.asks and given.outcome not in Outcome.values)
        or (Ask.ASSIGNEE in move.asks and given.assignee is None)
    )
    if missing:
        raise MissingInputError


def _write(ticket: Ticket, move: Transition, actor: User | None, given: Given, now: datetime) -> None:
    if move.target is not None:
        ticket.status = move.target
    move.effect(ticket, actor, given)
    ticket.updated_at = now
    if ticket.status == Status.CLOSED:
        ticket.closed_at = ticket.closed_at or now
    elif ticket.status not in FINAL:
        ticket.closed_at = None
    ticket.ended_at = (ticket.ended_at or now) if ticket.status in FINAL else None
    ticket.event_count += 1
    ticket.save(update_fields=_WRITTEN)


def _watched(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in _WATCHED}
