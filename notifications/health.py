"""How the work in the background is doing, for /sante/."""

from datetime import datetime

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
    return OutgoingEmail.objects.filter(state__in=WAITING).count()
