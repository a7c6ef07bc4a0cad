"""What the overview of a week tells a manager, theme by theme: received, ended, late, falling due."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
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
from tickets.lifecycle.enums import OPEN
from tickets.models import Ticket

_FIGURES = ("received", "ended", "late", "due")


def overview_context(person: User, *, monday: date) -> dict[str, Any] | None:
    """Return the figures of the week before `monday` and of the one it begins, or None for nothing.

    Only of the themes `person` manages, unless she wants no mail about them. Confidential themes are counted
    together, without their names. Four queries.
    """
    wanted = themes_told(person, tuple(one.value for one in Profile if one != Profile.NONE))
    tickets = Ticket.objects.staffed_by(person, RoleKind.MANAGER).filter(category__in=wanted)
    counts = {name: Count("pk", filter=condition) for name, condition in _conditions(monday).items()}
    rows = tickets.filter(_concerned(monday)).values("category", "category__name", "category__position")
    rows = list(rows.annotate(**counts).order_by("category__position", "category"))
    rows = _without_secrets([row for row in rows if any(row[name] for name in _FIGURES)])
    if not rows:
        return None
    return {
        "rows": rows,
        "day": weekday_words(monday),
        "desk": f"{settings.SITE_URL}{reverse('admin:statistics')}",
    }


def _conditions(monday: date) -> dict[str, Q]:
    sunday = monday + timedelta(days=6)
    start, end = _midnight(monday - timedelta(days=7)), _midnight(monday)
    return {
        "received": Q(submitted_at__gte=start, submitted_at__lt=end),
        "ended": Q(ended_at__gte=start, ended_at__lt=end),
        "late": Q(status__in=OPEN, silence_on__lt=monday),
        "due": Q(status__in=OPEN, silence_on__range=(monday, sunday)),
    }


def _concerned(monday: date) -> Q:
    """Leave the archive alone: only what some figure counts is read."""
    concerned = Q()
    for condition in _conditions(monday).values():
        concerned |= condition
    return concerned


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _without_secrets(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    secret = confidential_among({row["category"] for row in rows})
    told = [_row(one_line(row["category__name"]), [row]) for row in rows if row["category"] not in secret]
    hidden = [row for row in rows if row["category"] in secret]
    return [*told, _row(_("Thèmes confidentiels"), hidden)] if hidden else told


def _row(theme: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"theme": theme} | {name: sum(row[name] for row in rows) for name in _FIGURES}
