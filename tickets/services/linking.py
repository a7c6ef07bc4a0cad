"""Link a request to another one, or to a frequent question, inside the move that says so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from accounts.models import User
from categories.models import FaqEntry
from tickets.lifecycle.refusals import (
    AlreadyLinkedError,
    MissingInputError,
    UnsuitableEntryError,
    UnsuitableLinkError,
)
from tickets.models import LinkKind, Ticket, TicketLink
from tickets.services.given import Given


def far_key(ticket_pk: int, given: Given) -> int | None:
    """Return the key of the other request that a link to make or to undo concerns, to be locked too."""
    if given.linked is not None:
        return given.linked.pk
    return given.link.far_key(ticket_pk) if given.link else None


def link_changes(
    name: str, ticket: Ticket, actor: User | None, given: Given, now: datetime
) -> dict[str, Any]:
    """Write what the move `name` changes among the links of the locked `ticket`.

    Returns what the event keeps of it: the key of the other request, whose number not everybody may read, or
    the title of the question. Raises MissingInputError, UnsuitableLinkError, UnsuitableEntryError,
    AlreadyLinkedError.
    """
    change = _CHANGES.get(name)
    return change(ticket, actor, given, now) if change and actor else {}


def _link(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    if (given.linked is None) == (given.entry is None):
        raise MissingInputError
    if given.linked is None:
        return _link_entry(ticket, actor, given, now)
    other = given.linked
    if other.pk == ticket.pk or not _reads(actor, other.pk):
        raise UnsuitableLinkError
    if TicketLink.objects.between(ticket, other).exists():
        raise AlreadyLinkedError
    TicketLink.objects.create(ticket=ticket, other=other, by=actor, at=now)
    return {"linked_id": other.pk}


def _reads(actor: User, ticket_pk: int | None) -> bool:
    return Ticket.objects.staffed_by(actor).filter(pk=ticket_pk).exists()


def _link_entry(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    entry = _readable(given.entry, actor)
    _row, is_new = ticket.links.get_or_create(entry=entry, defaults={"by": actor, "at": now})
    if not is_new:
        raise AlreadyLinkedError
    return _kept(entry)


def _show_entry(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    """Show a question to the requester too: she must be able to read it."""
    entry = _readable(given.entry, ticket.requester)
    if ticket.links.filter(entry=entry, is_shown=True).exists():
        raise AlreadyLinkedError
    ticket.links.update_or_create(entry=entry, defaults={"is_shown": True, "by": actor, "at": now})
    return _kept(entry)


def _readable(entry: FaqEntry | None, reader: User) -> FaqEntry:
    if entry is None or not FaqEntry.objects.visible_to(reader).answers().filter(pk=entry.pk).exists():
        raise UnsuitableEntryError
    return entry


def _kept(entry: FaqEntry) -> dict[str, Any]:
    return {"entry": entry.title, "entry_slug": entry.slug}


def _unlink(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    """Undo a link; what the requester said of her own requests stays."""
    links = TicketLink.objects.of(ticket).filter(kind=LinkKind.RELATED).select_related("entry")
    link = links.filter(pk=given.link.pk).first() if given.link else None
    if link is None:
        raise UnsuitableLinkError
    other_pk = link.far_key(ticket.pk)
    if link.entry is None and not _reads(actor, other_pk):
        raise UnsuitableLinkError
    link.delete()
    return _kept(link.entry) if link.entry else {"linked_id": other_pk}


_CHANGES: Final[dict[str, Callable[[Ticket, User, Given, datetime], dict[str, Any]]]] = {
    "link": _link,
    "show_entry": _show_entry,
    "unlink": _unlink,
}
