"""Which mails may leave now, and who takes them: one worker each, those of a request in their order."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from notifications.models import TO_SEND, WAITING, MailState, OutgoingEmail

# The slowest delivery: this many exchanges with the server, of EMAIL_TIMEOUT seconds each.
_EXCHANGES: Final = 12
# A mail refused that often holds back nobody any more: six minutes after the first refusal.
PATIENCE: Final = 3


def slowest() -> timedelta:
    """Return how long one delivery may take."""
    return timedelta(seconds=settings.EMAIL_TIMEOUT * _EXCHANGES)


def lease() -> timedelta:
    """Return how long a mail taken is left to whoever took it: it may wait for others, then leave."""
    return slowest() * 1.5


def due(now: datetime) -> Q:
    """Return the condition of a row, mail or call, that may be taken: due, or left by a worker that died."""
    return Q(state__in=TO_SEND, due_at__lte=now) | Q(state=MailState.SENDING, claimed_until__lt=now)


def claimable(now: datetime) -> QuerySet[OutgoingEmail]:
    """Return the mails that may be taken: due, or left by a worker whose claim is over, and held by no other.

    The mails of a request to one address leave in the order they were written. An older one holds back those
    that follow while it is due, is being sent, or was put off, fewer than PATIENCE times: past that, they go,
    whatever they are. One whose hour has not come (an answer that may be taken back) holds back nobody.
    """
    waiting = OutgoingEmail.objects.filter(state__in=WAITING)
    older = waiting.filter(ticket=OuterRef("ticket"), to=OuterRef("to"), pk__lt=OuterRef("pk"))
    put_off = Q(state=MailState.DEFERRED, attempts__lt=PATIENCE)
    holds = Q(due_at__lte=now) | Q(state=MailState.SENDING) | put_off
    return waiting.filter(due(now)).exclude(Exists(older.filter(holds)))


def claim(pk: int, *, now: datetime | None = None) -> OutgoingEmail | None:
    """Take the mail `pk` and return it, or None if it is not to be sent now or another took it."""
    now = now or timezone.now()
    taken = take(claimable(now).filter(pk=pk), now)
    return OutgoingEmail.objects.get(pk=pk) if taken else None


def claim_due(count: int, *, now: datetime | None = None) -> list[OutgoingEmail]:
    """Take the `count` mails due for longest and return them; what another worker is taking is left to it."""
    now = now or timezone.now()
    with transaction.atomic():
        free = claimable(now).select_for_update(of=("self",), no_key=True, skip_locked=True)
        mails = list(free.order_by("due_at", "pk")[:count])
        take(OutgoingEmail.objects.filter(pk__in=[mail.pk for mail in mails]), now)
    for mail in mails:
        mail.state, mail.claimed_until = MailState.SENDING, now + lease()
        mail.attempts += 1
    return mails


def next_in_line(mail: OutgoingEmail) -> int | None:
    """Return the mail that waited for `mail` to leave, if there is one."""
    after = OutgoingEmail.objects.filter(ticket=mail.ticket_id, to=mail.to, pk__gt=mail.pk)
    due = after.filter(state__in=TO_SEND, due_at__lte=timezone.now())
    return due.order_by("pk").values_list("pk", flat=True).first()


def release(mails: list[OutgoingEmail]) -> None:
    """Put back `mails`, taken and never tried, as they were."""
    for token in {mail.claimed_until for mail in mails}:
        mine = OutgoingEmail.objects.filter(pk__in=[mail.pk for mail in mails], claimed_until=token)
        mine.filter(state=MailState.SENDING).update(
            state=Case(When(answer="", then=Value(MailState.QUEUED)), default=Value(MailState.DEFERRED)),
            claimed_until=None,
            attempts=F("attempts") - 1,
        )


def take(rows: QuerySet, now: datetime) -> int:
    """Take `rows` for as long as a lease, and return how many another had not taken meanwhile."""
    return rows.update(state=MailState.SENDING, claimed_until=now + lease(), attempts=F("attempts") + 1)
