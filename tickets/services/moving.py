"""Apply one move of the table to one request, under its lock."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from categories.enums import Priority, RoleKind, TimeAsked
from categories.models import Category, FaqEntry
from tickets.lifecycle.doubts import says_the_contrary
from tickets.lifecycle.enums import FINAL, Outcome, Satisfaction, Status
from tickets.lifecycle.holding import held_until
from tickets.lifecycle.moves import Ask, Transition
from tickets.lifecycle.permissions import Standing, standing_of
from tickets.lifecycle.refusals import (
    AlreadyYoursError,
    BadDateError,
    DoubtError,
    MissingInputError,
    MoveRefusedError,
    NotAllowedError,
    UnsuitableRequestError,
    WrongStatusError,
)
from tickets.lifecycle.transitions import JOINED, LINKED, PARTED, TRANSITIONS, UNLINKED
from tickets.models import (
    Attachment,
    Draft,
    DraftFile,
    Participant,
    RequiredItem,
    Ticket,
    TicketEvent,
    TicketLink,
)
from tickets.services.admin_access import open_access
from tickets.services.limits import require_patience
from tickets.services.linking import far_key, link_changes
from tickets.services.participating import seat_changes
from tickets.services.publishing import solution_changes
from tickets.services.recording import record_event
from tickets.services.required_items import items_told, require_notice, write_items
from tickets.services.taking_back import taken_back
from tickets.services.unawares import check_seen, takes
from tickets.services.withdrawing import withdraw

NOTE: Final = "note"
# The moves that concern two requests, and the event of the other one.
_TOLD_ON_THE_OTHER: Final = {"merge": JOINED, "unmerge": PARTED, "link": LINKED, "unlink": UNLINKED}
FURTHEST_RECALL: Final = timedelta(days=366)
# Always in the event, whatever changes.
_WATCHED = ("status", "assignee_id", "outcome")
# In the event when they change.
_FOLLOWED = (
    *("subject", "priority", "category_id", "service_id", "recall_on", "approve_by", "satisfaction"),
    *("minutes_spent", "merged_into_id", "transmitted_to", "abuse", "requester_id"),
)
_WRITTEN = (
    *("status", "assignee", "outcome", "updated_at", "closed_at", "ended_at", "event_count", "recall_on"),
    *("approve_by", "reminded_at", "satisfaction", "minutes_spent", "subject", "priority", "category"),
    *("service", "is_sve", "silence_rule", "silence_months", "start_event", "sender", "sender_category"),
    *("merged_into", "transmitted_to", "abuse", "requester"),
)


@dataclass(frozen=True)
class Given:
    """What a person gave with a move. `key` makes a replay harmless and names the draft of files.

    `minutes` is the time spent; `is_sure` that she was asked again about words that say the contrary; `seen`
    how many events she had read, when what others did since must stop her (whoever takes is always asked);
    `hold` how long what she sends may be taken back; `sequence` the rank of the answer she takes back.
    `items` are those a text requires, `supplied` those that come with the words, `gives_up` that the others
    never will.
    """

    message: str = ""
    assignee: User | None = None
    outcome: str = ""
    recall_on: date | None = None
    satisfaction: int | None = None
    is_sure: bool = False
    category: Category | None = None
    administration: str = ""
    contact: str = ""
    other: Ticket | None = None
    subject: str = ""
    priority: int | None = None
    minutes: int | None = None
    seen: int | None = None
    email: str = ""
    guest: Participant | None = None
    person: User | None = None
    items: tuple[str, ...] = ()
    legal_basis: str = ""
    deadline: date | None = None
    is_indispensable: bool | None = None
    supplied: tuple[RequiredItem, ...] = ()
    gives_up: bool = False
    file: Attachment | None = None
    hold: timedelta | None = None
    sequence: int | None = None
    linked: Ticket | None = None
    entry: FaqEntry | None = None
    link: TicketLink | None = None
    question: str = ""
    solution: str = ""
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
    _check_input(ticket, move, given, files, now)
    _check_other(move, ticket, given, actor)
    if at is None:
        check_seen(move, ticket, given.seen, actor)
    for name in move.parts[:-1]:
        _apply(ticket, TRANSITIONS[name], actor, replace(given, message="", key=None), [], now, is_last=False)
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
    other.event_count += 1
    other.updated_at = now
    other.save(update_fields=["event_count", "updated_at"])
    watched = {name: getattr(other, name) for name in _WATCHED}
    # Who reads the number of a request that was linked is asked when the history is read.
    is_internal = TRANSITIONS[kind].is_internal
    after = watched | ({"linked_id": ticket.pk} if is_internal else {"other": ticket.reference})
    record_event(other, kind, actor=actor, before=watched, after=after, at=now, is_internal=is_internal)


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
    before = _watched(ticket)
    _write(ticket, move, actor, given, now)
    kept = seat_changes(move.name, ticket, actor, given, now)
    kept |= link_changes(move.name, ticket, actor, given, now)
    kept |= solution_changes(move.name, ticket, actor, given, now)
    kept |= open_access(move.name, ticket, actor, now)
    kept |= taken_back(move.name, ticket, actor, given, now)
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
    before, after = _in_words(ticket, *_changes(before, _watched(ticket)))
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


def _check_input(
    ticket: Ticket, move: Transition, given: Given, files: list[DraftFile], now: datetime
) -> None:
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


def _check_other(move: Transition, ticket: Ticket, given: Given, actor: User | None) -> None:
    """Let a request join only an open one of the same person, which the author handles too."""
    if Ask.OTHER not in move.asks or given.other is None:
        return
    other = given.other
    if other.pk == ticket.pk or other.requester_id != ticket.requester_id or not other.is_open:
        raise UnsuitableRequestError
    if not standing_of(actor, other).has(RoleKind.HANDLER):
        raise UnsuitableRequestError


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


def _watched(ticket: Ticket) -> dict[str, Any]:
    return {name: _plain(getattr(ticket, name)) for name in (*_WATCHED, *_FOLLOWED)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both sides of what the event keeps."""
    kept = [name for name in before if name in _WATCHED or before[name] != after[name]]
    return {name: before[name] for name in kept}, {name: after[name] for name in kept}


def _in_words(
    ticket: Ticket, before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add what the keys of other rows stand for today: the history is read for years."""
    if "category_id" in after:
        sides = before["category_id"], after["category_id"]
        names = dict(Category.objects.filter(pk__in=sides).values_list("pk", "name"))
        before |= {"category": names[sides[0]]}
        after |= {"category": names[sides[1]]}
    if ticket.merged_into and "merged_into_id" in after:
        after |= {"merged_into": ticket.merged_into.reference}
    return before, after
