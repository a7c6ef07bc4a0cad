"""Write an event with its words and files, and tell the house."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from tickets.mentions import mentioned_in
from tickets.models import Attachment, DraftFile, HeldAnswer, Ticket, TicketEvent, TicketMessage
from tickets.search.indexing import index_event
from tickets.services.changes import WATCHED
from tickets.services.files import ask_for_checks
from tickets.services.remembering import remember
from tickets.signals import ticket_event_recorded


def record_event(
    ticket: Ticket,
    kind: str,
    *,
    actor: User | None,
    before: dict[str, Any],
    after: dict[str, Any],
    at: datetime,
    message: str = "",
    is_internal: bool = False,
    files: Iterable[DraftFile] = (),
    key: UUID | None = None,
    is_last: bool = True,
    leaves_at: datetime | None = None,
) -> TicketEvent:
    """Append one event to a locked, already saved `ticket` and return it.

    `files` are DraftFile rows, which become attachments (the stored content stays where it is). `is_last` is
    False when another event of the same click follows, of which the requester is told instead. With
    `leaves_at`, readers outside of staff know of it from then on only. Must run in the transaction of the
    change; a listener of the signal that fails undoes all of it.
    """
    if is_internal and (mentioned := mentioned_in(message, ticket, author=actor)):
        after = after | {"mentioned": mentioned}
    event = TicketEvent.objects.create(
        ticket=ticket,
        sequence=ticket.event_count,
        kind=kind,
        actor=actor,
        at=at,
        is_internal=is_internal,
        before=before,
        after=after,
        key=key,
    )
    if leaves_at is not None:
        event.hold = HeldAnswer.objects.create(event=event, until=leaves_at)
    if message.strip():
        event.message = TicketMessage.objects.create(event=event, text=message)
    else:
        # Known to have none: nobody asks the database.
        TicketEvent.message.related.set_cached_value(event, None)
    remember(ticket, event)
    attachments = _attach(event, files, actor)
    index_event(event, attachments)
    ticket_event_recorded.send(sender=TicketEvent, event=event, is_last=is_last)
    return event


def record_aside(
    ticket: Ticket,
    kind: str,
    *,
    actor: User | None,
    told: dict[str, Any],
    at: datetime,
    is_internal: bool = False,
) -> TicketEvent:
    """Append to a locked `ticket` the event of something around it, which changes nothing of it.

    `told` is what the event keeps besides. Returns the event; runs in the transaction of what happened.
    """
    ticket.event_count += 1
    ticket.updated_at = at
    ticket.save(update_fields=["event_count", "updated_at"])
    as_it_is = {name: getattr(ticket, name) for name in WATCHED}
    return record_event(
        ticket, kind, actor=actor, before=as_it_is, after=as_it_is | told, at=at, is_internal=is_internal
    )


def _attach(event: TicketEvent, files: Iterable[DraftFile], actor: User | None) -> list[Attachment]:
    rows = [
        Attachment(
            uuid=file.uuid,
            content=str(file.content.name),
            name=file.name,
            size=file.size,
            content_type=file.content_type,
            sha256=file.sha256,
            received_sha256=file.received_sha256,
            keeps_metadata=file.keeps_metadata,
            piece=file.piece,
            verdict=file.verdict,
            checked_at=file.checked_at,
            finding=file.finding,
            check_after=file.check_after,
            created_at=file.created_at,
            ticket=event.ticket,
            event=event,
            owner=actor,
            is_internal=event.is_internal,
        )
        for file in files
    ]
    ask_for_checks(rows)
    return Attachment.objects.bulk_create(rows)
