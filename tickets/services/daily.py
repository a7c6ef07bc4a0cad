"""What Télé-demande does to requests by itself: recall on the day, remind of what is awaited, close.

Each run asks what is due and makes each move through the one function, in a transaction of its own: run
twice, run late or run beside another worker, it does a thing once.
"""

import logging
from datetime import datetime, time, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tickets.lifecycle.enums import Status
from tickets.lifecycle.guards import ANSWER_REMINDER_DAYS, LATE_REMINDER_DAYS, REMINDER_DAYS
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Ticket, TicketEvent
from tickets.services.moving import apply_transition

logger = logging.getLogger(__name__)


def recall_postponed(now: datetime) -> int:
    """Recall the requests whose day has come, in Paris; return how many were."""
    today = timezone.localdate(now)
    return _make("recall", Ticket.objects.filter(status=Status.POSTPONED, recall_on__lte=today), now)


def remind_of_closings(now: datetime) -> int:
    """Remind, once, the requesters whose closing becomes tacit within five days; return how many were.

    A closing that left fewer days than that from the start has just been announced: nobody is reminded.
    """
    today = timezone.localdate(now)
    due = Ticket.objects.filter(
        status=Status.CLOSED,
        reminded_at=None,
        approve_by__range=(today, today + timedelta(days=REMINDER_DAYS)),
        category__closing_delay_days__gt=REMINDER_DAYS,
    )
    return _make("remind", due, now)


def remind_of_questions(now: datetime) -> int:
    """Remind the requesters whose answer has been awaited for five days, then ten; return how many were."""
    first, second = (_start_of_day(now, days_ago=days - 1) for days in ANSWER_REMINDER_DAYS)
    events = TicketEvent.objects.filter(ticket=OuterRef("pk"))
    asked = events.questions().order_by("-sequence").values("at")[:1]
    reminded = events.filter(kind="remind_answer").order_by("-sequence").values("at")[:1]
    waiting = Ticket.objects.filter(status=Status.WAITING).alias(
        asked_at=Subquery(asked), reminder_at=Subquery(reminded)
    )
    never = Q(reminder_at__isnull=True) | Q(reminder_at__lt=F("asked_at"))
    once = Q(asked_at__lt=second, reminder_at__lt=F("asked_at") + timedelta(days=LATE_REMINDER_DAYS))
    return _make("remind_answer", waiting.filter(never | once, asked_at__lt=first), now)


def _start_of_day(now: datetime, *, days_ago: int) -> datetime:
    day = timezone.localdate(now) - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time.min))


def expire_closings(now: datetime) -> int:
    """Make tacit the closings whose last day is over, in Paris; return how many were."""
    today = timezone.localdate(now)
    return _make("expire", Ticket.objects.filter(status=Status.CLOSED, approve_by__lt=today), now)


def _make(name: str, tickets: QuerySet[Ticket], now: datetime) -> int:
    keys = list(tickets.order_by("pk").values_list("pk", flat=True))
    return sum(_is_made(name, key, now) for key in keys)


def _is_made(name: str, key: int, now: datetime) -> bool:
    try:
        apply_transition(key, name, actor=None, at=now)
    except MoveRefusedError:  # somebody acted, or another worker was quicker
        logger.info("%s of %d not due any more", name, key)
        return False
    return True
