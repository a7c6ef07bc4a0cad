"""What the PDF of a request holds: what its reader may read on the page, and nothing else."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from teledemande.french_dates import instant_words
from tickets.durations import duration_words
from tickets.models import Ticket
from tickets.presentation import facts_of
from tickets.timeline import shared_entries, staff_entries, with_joined


def content_of(ticket: Ticket, reader: User, now: datetime, *, is_staff: bool) -> dict[str, Any]:
    """Return the context of the page. Every read is here, none in the template."""
    entries = (staff_entries if is_staff else shared_entries)(ticket, reader)
    told = with_joined(ticket, reader, entries, is_staff=is_staff)
    return {
        "ticket": ticket,
        "is_staff": is_staff,
        "language": get_language(),
        "made_at": now,
        "rows": _rows(ticket, is_staff=is_staff),
        "facts": facts_of(ticket, entries[0].files if entries else []),
        "entries": told,
        "files": [(entry, file) for entry in told for file in entry.files],
    }


def _rows(ticket: Ticket, *, is_staff: bool) -> list[tuple[str, str]]:
    """Return the first lines: (label, words), those without words left out."""
    service = ticket.service
    status = ticket.get_status_display().capitalize() if is_staff else ticket.requester_status
    rows = [
        (_("Référence"), ticket.reference),
        (_("Objet"), ticket.subject),
        (_("État"), str(status)),
        (_("Thème"), ticket.category.name),
        (_("Demandeur"), str(ticket.requester)),
        (_("Déposée le"), instant_words(ticket.submitted_at)),
        (_("Clôturée le"), instant_words(ticket.closed_at) if ticket.closed_at else ""),
        (_("Terminée le"), instant_words(ticket.ended_at) if ticket.ended_at else ""),
        (_("Issue"), str(ticket.get_outcome_display())),
        (_("Service"), ", ".join(filter(None, (service.name, service.postal_address)))),
        (_("Contact"), ", ".join(filter(None, (service.phone, service.email)))),
    ]
    if is_staff:
        rows.append((_("En charge"), str(ticket.assignee or _("non attribuée"))))
        rows.append((_("Priorité"), str(ticket.get_priority_display())))
        rows.append((_("Temps passé"), duration_words(ticket.minutes_spent) if ticket.minutes_spent else ""))
    return [(label, words) for label, words in rows if words]
