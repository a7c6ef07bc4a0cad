"""Apply one move of the table to one request, under its lock."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tickets.lifecycle.enums import FINAL, Status
from tickets.lifecycle.holding import held_until
from tickets.lifecycle.moves import Transition
from tickets.lifecycle.permissions import Standing, standing_of
from tickets.lifecycle.refusals import (
    AlreadyYoursError,
    MoveRefusedError,
    NotAllowedError,
    WrongStatusError,
)
from tickets.lifecycle.transitions import JOINED, LINKED, PARTED, TRANSITIONS, UNLINKED
from tickets.models import (
    Draft,
    DraftFile,
    Ticket,
    TicketEvent,
)
from tickets.services.admin_access import open_access
from tickets.services.asking import check_input, check_other
from tickets.services.by_mail import counted
from tickets.services.changes import changes, in_words, watched
from tickets.services.given import Given
from tickets.services.limits import require_patience
from tickets.services.linking import far_key, link_changes
from tickets.services.participating import seat_changes
from tickets.services.publishing import solution_changes
from tickets.services.recording import record_aside, record_event
from tickets.services.required_items import items_told, write_items
from tickets.services.taking_back import taken_back
from tickets.services.unawares import check_seen, takes
from tickets.services.withdrawing import withdraw

NOTE: Final = "note"
# The moves that concern two requests, and the event of the other one.
_TOLD_ON_THE_OTHER: Final = {"merge": JOINED, "unmerge": PARTED, "link": LINKED, "unlink": UNLINKED}
_WRITTEN = (
    *("status", "assignee", "outcome", "updated_at", "closed_at", "ended_at", "event_count", "recall_on"),
    *("approve_by", "reminded_at", "satisfaction", "minutes_spent", "subject", "priority", "category"),
    *("service", "is_sve", "silence_rule", "silence_months", "start_event", "sender", "sender_category"),
    *("merged_into", "transmitted_to", "abuse", "requester", "unreached_at"),
)


@transaction.atomic
def apply_transition(
    ticket_pk: int, name: str, *, actor: User | None, given: Given | None = None, at: datetime | None = None
) -> Ticket:
    """Make the move `name` on the request `ticket_pk` for `actor`, and return the request.

    An `actor` of None is Télé-demande acting by itself: it needs a move the table gives to the system.
    `at` is the instant of the move, now unless told: only what reports the past tells it, in order.
    Order matters: lock, then check, then write. Files come from the draft whose key is `given.key`. A key
    already used on this request changes nothing and returns it; on another request, it is refused. Raises
    MoveRefusedError (NotAllowedError, WrongStatusError, MissingInputError, TooManyActsError, and those of the
    effect and of the guard of the move); Ticket.DoesNotExist if it does not exist.
    """
    given = given or Given()
    move = TRANSITIONS[name]
    ticket, given = _locked(ticket_pk, move, given)
    if given.key and _is_done(ticket, given.key):
        return ticket
    standing = _check_right(move, ticket, actor, at or timezone.now())
    if at is None and actor is not None and standing.is_outside:
        require_patience(actor, timezone.now())
    draft = _draft_of(actor, ticket, given) if move.needs_page() else None
    files = list(draft.files.all()) if draft else []
    now = at or timezone.now()
    check_input(ticket, move, given, files, now)
    check_other(move, ticket, given, actor)
    if at is None:
        check_seen(move, ticket, given.seen, actor)
    for part in move.parts[:-1]:
        _apply(ticket, TRANSITIONS[part], actor, replace(given, message="", key=None), [], now, is_last=False)
    last = TRANSITIONS[move.parts[-1]] if move.parts else move
    _apply(ticket, last, actor, given, files, now)
    if move.name in _TOLD_ON_THE_OTHER and given.other:
        _tell_other(given.other, _TOLD_ON_THE_OTHER[move.name], ticket, actor, now)
    if draft:
        draft.delete()
    return ticket


def _locked(ticket_pk: int, move: Transition, given: Given) -> tuple[Ticket, Given]:
    """Lock the request, and the other one it joins, leaves or is linked to, in the order of their keys."""
    other_pk = given.other.pk if given.other else far_key(ticket_pk, given)
    if move.sources == (Status.MERGED,):
        other_pk = Ticket.objects.filter(pk=ticket_pk).values_list("merged_into", flat=True).first()
    keys = [ticket_pk, other_pk] if other_pk else [ticket_pk]
    asked = Ticket.objects.filter(pk__in=keys)
    # Held first, read then: joined to the lock, the theme and the people could be those the request had
    # before it was waited for, or none.
    list(asked.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    rows = {row.pk: row for row in asked.with_answers()}
    if ticket_pk not in rows:
        raise Ticket.DoesNotExist
    return rows[ticket_pk], replace(given, other=rows.get(other_pk) if other_pk else None)


def _tell_other(other: Ticket, kind: str, ticket: Ticket, actor: User | None, now: datetime) -> None:
    """Write on the other request what happened between both."""
    # Who reads the number of a request that was linked is asked when the history is read.
    is_internal = TRANSITIONS[kind].is_internal
    told = {"linked_id": ticket.pk} if is_internal else {"other": ticket.reference}
    record_aside(other, kind, actor=actor, told=told, at=now, is_internal=is_internal)


def _apply(
    ticket: Ticket,
    move: Transition,
    actor: User | None,
    given: Given,
    files: list[DraftFile],
    now: datetime,
    *,
    is_last: bool = True,
) -> None:
    before = watched(ticket)
    _write(ticket, move, actor, given, now)
    kept = seat_changes(move.name, ticket, actor, given, now)
    kept |= link_changes(move.name, ticket, actor, given, now)
    kept |= solution_changes(move.name, ticket, actor, given, now)
    kept |= open_access(move.name, ticket, actor, now)
    kept |= taken_back(move.name, ticket, actor, given, now)
    kept |= counted(move.name, ticket, given)
    if given.by_mail:
        kept["by_mail"] = True
    if given.refusal:
        kept["refusal"] = given.refusal
    if given.contact:
        kept["contact"] = given.contact
    kept |= withdraw(move.name, ticket, actor, given, now)
    kept |= items_told(move.name, ticket, actor, given)
    event = _record(
        ticket, move, before, kept, actor=actor, given=given, files=files, at=now, is_last=is_last
    )
    write_items(event, given)


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
    kept: dict[str, Any],
    *,
    actor: User | None,
    given: Given,
    files: list[DraftFile],
    at: datetime,
    is_last: bool,
) -> TicketEvent:
    # Visibility belongs to the event, so the words a move keeps for staff go into a note of their own.
    before, after = in_words(ticket, *changes(before, watched(ticket)))
    event = record_event(
        ticket,
        move.name,
        actor=actor,
        before=before,
        after=after | kept,
        message="" if move.is_note else given.message,
        is_internal=move.is_internal or (given.file is not None and given.file.is_internal),
        files=files,
        key=given.key,
        at=at,
        is_last=is_last,
        leaves_at=held_until(at, given.hold) if given.hold and move.can_be_taken_back else None,
    )
    if move.is_note and given.message.strip():
        ticket.event_count += 1
        ticket.save(update_fields=["event_count"])
        record_event(
            ticket, NOTE, actor=actor, before={}, after={}, message=given.message, is_internal=True, at=at
        )
    return event


def _check_right(move: Transition, ticket: Ticket, actor: User | None, now: datetime) -> Standing:
    # Right first: somebody without the right learns nothing of the status.
    standing = standing_of(actor, ticket)
    if move.who is None or not move.who(standing):
        raise AlreadyYoursError if standing.is_assignee and takes(move) else NotAllowedError
    if not move.starts_from(ticket.status):
        raise WrongStatusError
    move.guard(ticket, standing, now)
    return standing


def _write(ticket: Ticket, move: Transition, actor: User | None, given: Given, now: datetime) -> None:
    if move.target is not None:
        ticket.status = move.target
    move.effect(ticket, actor, given, now)
    ticket.updated_at = now
    if ticket.status == Status.CLOSED:
        ticket.closed_at = ticket.closed_at or now
    elif ticket.status not in FINAL:
        ticket.closed_at = ticket.approve_by = None
    if ticket.status != Status.POSTPONED:
        ticket.recall_on = None
    ticket.ended_at = (ticket.ended_at or now) if ticket.status in FINAL else None
    ticket.event_count += 1
    ticket.save(update_fields=_WRITTEN)
