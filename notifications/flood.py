"""The circuit breaker: beyond so many automatic mails an hour to one address, courtesy mails wait their turn.

Nothing is lost: what is held leaves by itself, at most settings.MAILS_PER_HOUR an hour, or when somebody says
so. Legal mails, and those of accounts, which people ask for, always leave at once.
"""

import logging
from bisect import insort
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from notifications.models import FloodAlert, MailState, OutgoingEmail

logger = logging.getLogger(__name__)

_HOUR: Final = timedelta(hours=1)


def hold_back(mails: list[OutgoingEmail], *, now: datetime) -> set[str]:
    """Give the unsaved `mails` that are too many for their address a later hour; return those addresses.

    One query, by index, whatever the number of mails; none when no mail may be held. They keep their order.
    """
    most = settings.MAILS_PER_HOUR
    addresses = {mail.to for mail in mails if _may_wait(mail)}
    if most <= 0 or not addresses:
        return set()
    leaving, held = _latest(addresses, most, now - _HOUR), set()
    for mail in mails:
        others = leaving[mail.to]
        if len(others) >= most and _may_wait(mail) and (turn := others[-most] + _HOUR) > mail.due_at:
            mail.held_at, mail.due_at = now, turn
            held.add(mail.to)
        insort(others, mail.due_at)
    if held:
        number = sum(mail.held_at is not None for mail in mails)
        logger.warning("mails held back: %d, addresses: %d", number, len(held))
    return held


def newly_alarming(addresses: set[str]) -> list[str]:
    """Return those of `addresses` of which the administrators have not been told today, in a transaction.

    Of two workers that ask, one is given the address.
    """
    today = timezone.localdate()
    known = [FloodAlert(address=one) for one in sorted(addresses)]
    FloodAlert.objects.bulk_create(known, ignore_conflicts=True)
    return [one for one in sorted(addresses) if _mark(one, today)]


def _mark(address, today) -> int:
    return FloodAlert.objects.filter(address=address).exclude(alerted_on=today).update(alerted_on=today)


def _may_wait(mail: OutgoingEmail) -> bool:
    is_ours_to_send = mail.event_id is not None or mail.recipient_id is not None
    return is_ours_to_send and not mail.is_legal and mail.state == MailState.QUEUED


def _latest(addresses: set[str], most: int, since: datetime) -> dict[str, list[datetime]]:
    """Return when the last `most` mails of each address leave or left, earliest first, after `since`."""
    lately = OutgoingEmail.objects.filter(to__in=addresses, due_at__gt=since)
    lately = lately.exclude(state=MailState.CANCELLED)
    rank = Window(RowNumber(), partition_by="to", order_by=F("due_at").desc())
    found: dict[str, list[datetime]] = defaultdict(list)
    for address, due_at in lately.annotate(rank=rank).filter(rank__lte=most).values_list("to", "due_at"):
        insort(found[address], due_at)
    return found
