"""What a daily summary tells: deadlines first, then what arrived, then what happened to hers.

Only of the themes for which she chose it, and only what she acts on.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from categories.enums import RoleKind
from categories.roles import confidential_among
from notifications.models import Profile
from notifications.profiles import themes_told
from notifications.wording import one_line
from teledemande.french_dates import weekday_words
from tickets.lifecycle.enums import OPEN, Status
from tickets.models import Ticket, TicketEvent

SOON_DAYS: Final = 14
LINES_AT_MOST: Final = 30


def daily_context(person: User, *, since: datetime, until: datetime) -> dict[str, Any] | None:
    """Return what the summary of `person` tells of the time between, or None for nothing.

    Queries: her choices, the tree, one a section, the confidential themes.
    """
    today = timezone.localdate(until)
    themes = themes_told(person, (Profile.DIGEST,))
    tickets = Ticket.objects.staffed_by(person, RoleKind.HANDLER).filter(category__in=themes)
    tickets = tickets.select_related("category")
    moved = TicketEvent.objects.filter(ticket=OuterRef("pk"), at__gt=since, at__lte=until)
    is_news = Exists(moved.exclude(actor=person))
    came = Q(submitted_at__gt=since, submitted_at__lte=until)
    came |= Q(is_news, status=Status.SUBMITTED)  # free again, or written to by its requester
    hers = tickets.filter(is_news, assignee=person).exclude(came)
    sections = {
        "deadlines": _rows(tickets.filter(_soon(today)), "silence_on"),
        "arrived": _rows(tickets.filter(came), "submitted_at"),
        "hers": _rows(hers, "pk"),
    }
    if not any(sections.values()):
        return None
    found = {ticket.category_id for rows in sections.values() for ticket in rows}
    secret = confidential_among(found)
    told = {name: _section(rows, secret, today, name) for name, rows in sections.items()}
    return told | {"day": weekday_words(today), "desk": _desk()}


def _soon(today: date) -> Q:
    return Q(status__in=OPEN, silence_on__lte=today + timedelta(days=SOON_DAYS))


def _rows(tickets: QuerySet[Ticket], order: str) -> list[Ticket]:
    return list(tickets.order_by(order, "pk").distinct()[: LINES_AT_MOST + 1])


def _section(rows: list[Ticket], secret: set[int], today: date, name: str) -> dict[str, Any]:
    lines = [_line(ticket, ticket.category_id in secret, today, name) for ticket in rows[:LINES_AT_MOST]]
    return {"lines": lines, "has_more": len(rows) > LINES_AT_MOST}


def _line(ticket: Ticket, is_secret: bool, today: date, name: str) -> dict[str, str]:
    """A confidential request is its reference and its link, nothing else."""
    page = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    line = {"reference": ticket.reference, "link": f"{settings.SITE_URL}{page}", "subject": "", "detail": ""}
    if is_secret:
        return line
    detail = _deadline(ticket, today) if name == "deadlines" else one_line(ticket.category.name)
    return line | {"subject": one_line(ticket.subject, 120), "detail": detail}


def _deadline(ticket: Ticket, today: date) -> str:
    words = _("échéance passée : %(day)s") if ticket.silence_on < today else _("échéance : %(day)s")
    return words % {"day": weekday_words(ticket.silence_on)}


def _desk() -> str:
    return f"{settings.SITE_URL}{reverse('admin:tickets_ticket_changelist')}"
