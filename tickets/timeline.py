"""What a reader sees of the events of a request, in order."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from categories.roles import is_confidential


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
    files: list = field(default_factory=list)


def shared_entries(ticket, reader):
    """Return the entries its readers share; staff of a confidential theme stay unnamed."""
    hides_staff = is_confidential(ticket.category_id)
    events = ticket.events.shared().with_content()
    return [_entry(event, ticket, reader, hides_staff=hides_staff) for event in events]


def staff_entries(ticket, reader):
    """Return every entry, internal notes included: only for readers the request is staffed by."""
    return [_entry(event, ticket, reader, hides_staff=False) for event in ticket.events.with_content()]


def _entry(event, ticket, reader, *, hides_staff):
    is_mine = event.actor_id == reader.pk
    return Entry(
        actor_name=_actor_name(event, ticket, hides_staff=hides_staff and not is_mine),
        at=event.at,
        label=event.label,
        message=event.words,
        is_internal=event.is_internal,
        is_system=event.actor is None,
        is_mine=is_mine,
        kind=event.kind,
        files=[_with_url(file, ticket) for file in event.attachments.all()],
    )


def _actor_name(event, ticket, *, hides_staff):
    if event.actor is None:
        return _("Télé-demande")
    if hides_staff and event.actor_id != ticket.requester_id:
        return _("Le service")
    return str(event.actor)


def _with_url(file, ticket):
    file.ticket = ticket  # already loaded: the address needs its reference
    file.url = file.get_absolute_url()
    return file
