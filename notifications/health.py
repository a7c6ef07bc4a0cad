"""How the work in the background is doing, for /sante/."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from notifications.models import WAITING, Heartbeat, OutgoingEmail

WORKER = "worker"


def beat() -> None:
    """Write that a worker ran, now, what beat asked for."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": timezone.now()})


def worker_last_seen() -> datetime | None:
    """Return when a worker last ran what beat asked for, or None if it never did."""
    return Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()


def mails_waiting() -> int:
    """Return how many mails are written and have not left yet."""
    return _waiting().count()


def mails_waiting_and_held() -> tuple[int, int]:
    """Return the same, then how many of those wait because their address was about to receive too much."""
    is_held = Q(held_at__isnull=False, due_at__gt=timezone.now())
    counts = _waiting().aggregate(waiting=Count("pk"), held=Count("pk", filter=is_held))
    return counts["waiting"], counts["held"]


def _waiting() -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(state__in=WAITING)
