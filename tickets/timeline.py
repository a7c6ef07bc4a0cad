"""What a reader sees of the events of a request, in order."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from categories.roles import confidential_among, is_confidential
from tickets.details import Known, details_of
from tickets.files.gate import may_open, words_on
from tickets.files.preview import can_preview
from tickets.lifecycle.transitions import JOINED
from tickets.models import TicketEvent


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    actor_name: str
    at: datetime
    label: Any
    message: str
    is_internal: bool
    is_system: bool
    is_mine: bool
    kind: str
    sequence: int
    mentioned: tuple = ()
    details: list = field(default_factory=list)
    files: list = field(default_factory=list)
    origin: str = ""  # the reference of the other request it comes from, joined to this one


def shared_entries(ticket, reader):
    """Return the entries its readers share; staff of a confidential theme stay unnamed."""
    hides_staff = is_confidential(ticket.category_id)
    events = list(ticket.events.shared().with_content())
    guests = _guests(ticket, events) if reader.pk == ticket.requester_id else {}
    seen = type(ticket).objects.visible_to(reader) if reader.pk else None
    known = Known(guests, _linked(events, seen))
    return [_entry(event, ticket, reader, known, hides_staff=hides_staff, is_staff=False) for event in events]


def staff_entries(ticket, reader):
    """Return every entry, internal notes included: only for readers the request is staffed by."""
    return _for_staff(ticket.events.with_content(), ticket, reader)


def news_entries(ticket, reader, seen):
    """Return the entries of what others did after the first `seen` events, for staff."""
    return _for_staff(ticket.events.news(seen, reader).with_content(), ticket, reader)


def _for_staff(events, ticket, reader):
    events = list(events)
    known = Known(_guests(ticket, events), _linked(events, type(ticket).objects.staffed_by(reader)))
    return [_entry(event, ticket, reader, known, hides_staff=False, is_staff=True) for event in events]


def _guests(ticket, events):
    """Return the addresses of the people invited, by key; asked for only when an event speaks of one."""
    if not any("guest_id" in event.after for event in events):
        return {}
    return dict(ticket.participants.values_list("pk", "email"))


def _linked(events, seen):
    """Return the numbers of the requests that events name, by key, as far as they are among `seen`."""
    keys = {event.after["linked_id"] for event in events if "linked_id" in event.after}
    return {one.pk: one.reference for one in seen.filter(pk__in=keys)} if keys and seen is not None else {}


def with_joined(ticket, reader, entries, *, is_staff=False):
    """Return `entries` with those of the requests joined to `ticket`, or that it is joined to, by time.

    Only requests `reader` sees by herself, as staff or as their requester: joining opens nothing to anybody.
    No query for a request that was never joined.
    """
    if ticket.merged_into_id is None and not any(entry.kind == JOINED for entry in entries):
        return entries
    requests = type(ticket).objects
    seen = requests.staffed_by(reader) if is_staff else requests.visible_to(reader)
    others = seen.filter(Q(merged_into=ticket.pk) | Q(pk=ticket.merged_into_id)).in_bulk()
    foreign = _entries_of(others, reader, is_staff=is_staff) if others else []
    return sorted([*entries, *foreign], key=lambda entry: entry.at)


def _entries_of(tickets, reader, *, is_staff):
    """Return the entries of several requests (pk → Ticket), each named, in four queries at most.

    The addresses of those invited to another request stay on its own page.
    """
    events = TicketEvent.objects.filter(ticket__in=tickets).order_by("ticket", "sequence").with_content()
    confidential = set() if is_staff else confidential_among({one.category_id for one in tickets.values()})
    found = []
    for event in events if is_staff else events.shared():
        ticket = tickets[event.ticket_id]
        hides_staff = ticket.category_id in confidential
        entry = _entry(event, ticket, reader, Known(), hides_staff=hides_staff, is_staff=is_staff)
        found.append(replace(entry, origin=ticket.reference))
    return found


def _entry(event, ticket, reader, known, *, hides_staff, is_staff):
    is_mine = reader.pk is not None and event.actor_id == reader.pk
    return Entry(
        actor_name=_actor_name(event, ticket, hides_staff=hides_staff and not is_mine),
        at=event.at,
        label=event.label,
        message=event.words,
        is_internal=event.is_internal,
        is_system=event.actor is None,
        is_mine=is_mine,
        kind=event.kind,
        sequence=event.sequence,
        mentioned=tuple(event.after.get("mentioned", ())) if is_staff else (),
        details=details_of(event, is_staff=is_staff, known=known),
        files=[_shown(file, ticket, reader, is_staff=is_staff) for file in event.attachments.all()],
    )


def _actor_name(event, ticket, *, hides_staff):
    if event.actor is None:
        return _("Télé-demande")
    if hides_staff and event.actor_id != ticket.requester_id:
        return _("Le service")
    return str(event.actor)


def _shown(file, ticket, reader, *, is_staff):
    file.ticket = ticket  # already loaded: the address needs its reference
    is_mine = reader.pk is not None and file.owner_id == reader.pk
    file.is_open = may_open(file, is_mine=is_mine)
    file.url = file.get_absolute_url() if file.is_open else ""
    file.preview_url = file.get_preview_url() if file.is_open and can_preview(file) else ""
    file.words = words_on(file, is_mine=is_mine, is_staff=is_staff)
    return file
