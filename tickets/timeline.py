"""What a reader sees of the events of a request, in order."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from categories.roles import confidential_among, is_confidential
from tickets.details import Known, details_of
from tickets.files.gate import may_open, words_on
from tickets.files.preview import can_preview
from tickets.lifecycle.transitions import JOINED
from tickets.models import Ticket, TicketEvent

# Where an event keeps the reference of another request: a move that names one more adds its word here.
_NAMES = ("merged_into", "other")


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
    leaves_at: datetime | None = None  # an answer that was held back, and until when
    is_taken_back: bool = False
    origin: str = ""  # the reference of the other request it comes from, joined to this one

    @property
    def is_for_staff(self):
        """Whether nobody else ever reads it."""
        return self.is_internal or self.is_taken_back

    @property
    def is_on_its_way(self):
        """Whether it has not left yet."""
        return self.leaves_at is not None and not self.is_taken_back and self.leaves_at > timezone.now()


def shared_entries(ticket, reader, told=None):
    """Return the entries its readers share; staff of a confidential theme stay unnamed.

    `told`: the event a mail is written about, although it may not have left yet.
    """
    hides_staff = is_confidential(ticket.category_id)
    events = list(ticket.events.shared(told).with_content())
    guests = _guests(ticket, events) if reader.pk == ticket.requester_id else {}
    known = Known(guests, _linked(events, reader, is_staff=False))
    return [_entry(event, ticket, reader, known, hides_staff=hides_staff, is_staff=False) for event in events]


def shared_words(ticket, *, before, at_most):
    """Return the latest events with words its readers share, newest first, of rank under `before`."""
    events = ticket.events.shared().filter(sequence__lt=before).exclude(message__text="")
    events = events.filter(message__isnull=False).select_related("actor", "message")
    return list(events.order_by("-sequence")[:at_most])


def staff_entries(ticket, reader):
    """Return every entry, internal notes included: only for readers the request is staffed by."""
    return _for_staff(ticket.events.with_content(), ticket, reader)


def news_entries(ticket, reader, seen):
    """Return the entries of what others did after the first `seen` events, for staff."""
    return _for_staff(ticket.events.news(seen, reader).with_content(), ticket, reader)


def _for_staff(events, ticket, reader):
    events = list(events)
    known = Known(_guests(ticket, events), _linked(events, reader, is_staff=True))
    return [_entry(event, ticket, reader, known, hides_staff=False, is_staff=True) for event in events]


def _guests(ticket, events):
    """Return the addresses of the people invited, by key; asked for only when an event speaks of one."""
    if not any("guest_id" in event.after for event in events):
        return {}
    return dict(ticket.participants.values_list("pk", "email"))


def _linked(events, reader, *, is_staff):
    """Return the references of the other requests `events` name, by key, as far as `reader` sees them by
    herself: one query, none when they name none.
    """
    keys = {key for event in events for key in _named(event)}
    if not keys:
        return {}
    seen = Ticket.objects.staffed_by(reader) if is_staff else Ticket.objects.visible_to(reader)
    return {one.pk: one.reference for one in seen.filter(pk__in=keys).only("year")}


def _named(event):
    references = [event.after[name] for name in _NAMES if event.after.get(name)]
    keys = [int(reference.rpartition("-")[2]) for reference in references]
    return [*keys, event.after["linked_id"]] if "linked_id" in event.after else keys


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
    told = list(events if is_staff else events.shared())
    known = Known(linked=_linked(told, reader, is_staff=is_staff))
    for event in told:
        ticket = tickets[event.ticket_id]
        hides_staff = ticket.category_id in confidential
        entry = _entry(event, ticket, reader, known, hides_staff=hides_staff, is_staff=is_staff)
        found.append(replace(entry, origin=ticket.reference))
    return found


def files_of(entries):
    """Return the files of `entries` that are there: those their author withdrew stay in the history alone."""
    return [file for entry in entries for file in entry.files if file.withdrawn_at is None]


def offer_withdrawal(ticket, entries, reader, address):
    """Give their way to `address`, where a file is withdrawn, to those `reader` may still take back."""
    for file in files_of(entries):
        is_hers = reader.pk == file.owner_id and file.ticket_id == ticket.pk
        file.withdraw_url = f"{address}?fichier={file.uuid}" if is_hers and file.opened_at is None else ""


def _entry(event, ticket, reader, known, *, hides_staff, is_staff):
    is_mine = reader.pk is not None and event.actor_id == reader.pk
    return Entry(
        actor_name=actor_name(event, ticket, hides_staff=hides_staff and not is_mine),
        at=event.at,
        label=event.label,
        message=event.words,
        is_internal=event.is_internal,
        is_system=event.actor is None,
        is_mine=is_mine,
        kind=event.kind,
        sequence=event.sequence,
        mentioned=tuple(event.after.get("mentioned", ())) if is_staff else (),
        leaves_at=event.leaves_at,
        is_taken_back=event.is_taken_back,
        details=details_of(event, is_staff=is_staff, known=known),
        files=[_shown(file, ticket, reader, is_staff=is_staff) for file in event.attachments.all()],
    )


def actor_name(event, ticket, *, hides_staff):
    """Return the name its readers are told of whoever made the event."""
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
