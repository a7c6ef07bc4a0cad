"""What a reader is shown of the links of a request: never a request or a question she may not read."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from categories.models import FaqEntry
from tickets.lifecycle.transitions import CONTINUED, CONTINUES, LINKED
from tickets.models import LinkKind, Ticket, TicketLink

_SHARED = {"show_entry", CONTINUED, CONTINUES}
_OF_STAFF = _SHARED | {"link", LINKED, "accept_solution"}


@dataclass(frozen=True)
class LinkRow:
    """One link: `title` names what stands at its other end, `key` is that of the form that undoes it."""

    link: TicketLink
    title: str
    url: str
    note: str = ""
    is_entry: bool = False
    is_undoable: bool = False


def shown_links(ticket, reader, entries):
    """Return the LinkRow the requester's side is shown: questions to read, requests that follow each other.

    `entries` are those of the timeline: a request that was never linked costs no query, others three at most.
    """
    if reader.pk is None or not any(entry.kind in _SHARED for entry in entries):
        return []
    links = TicketLink.objects.of(ticket)
    asked = links.filter(is_shown=True) | links.filter(kind=LinkKind.FOLLOW_UP)
    return _rows(list(asked), ticket, Ticket.objects.visible_to(reader), reader, is_staff=False)


def staff_links(ticket, reader, entries):
    """Return the LinkRow staff are shown. The same costs."""
    if not any(entry.kind in _OF_STAFF for entry in entries):
        return []
    links = list(TicketLink.objects.of(ticket))
    return _rows(links, ticket, Ticket.objects.staffed_by(reader), reader, is_staff=True)


def _rows(links, ticket, seen, reader, *, is_staff):
    tickets = seen.filter(pk__in={link.far_key(ticket.pk) for link in links} - {None}).in_bulk()
    keys = {link.entry_id for link in links} - {None}
    entries = {}
    if keys:
        entries = FaqEntry.objects.visible_to(reader).answers().filter(pk__in=keys).in_bulk()
    rows = (_row(link, ticket, tickets, entries, is_staff=is_staff) for link in links)
    return [row for row in rows if row]


def _row(link, ticket, tickets, entries, *, is_staff):
    if entry := entries.get(link.entry_id):
        note = _("montrée au demandeur") if link.is_shown and is_staff else ""
        return LinkRow(link, entry.title, entry.get_absolute_url(), note, is_entry=True, is_undoable=True)
    other = tickets.get(link.far_key(ticket.pk))
    if other is None:
        return None
    url = reverse("admin:tickets_ticket_change", args=[other.pk]) if is_staff else other.get_absolute_url()
    is_undoable = link.kind == LinkKind.RELATED
    return LinkRow(link, f"{other.reference} – {other.subject}", url, _note(link, ticket), False, is_undoable)


def _note(link, ticket):
    if link.kind != LinkKind.FOLLOW_UP:
        return ""
    return _("celle-ci en est la suite") if link.ticket_id == ticket.pk else _("suite de celle-ci")
