"""How long a claim takes among many mails that are due; whether workers that share them take one twice."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles

from tests.bench.mail.throughput import _write

BATCH = 20
ROUNDS = 150
SHARERS = 4


@dataclass
class Measured:
    """Milliseconds (what, median, 95th percentile), the index PostgreSQL reads, what was taken twice."""

    size: int
    times: list[tuple[str, float, float]] = field(default_factory=list)
    scan: str = ""
    twice: int = 0


def run(*, size):
    """Return the Measured of a backlog of `size` mails, which is emptied afterwards."""
    from django.db import connection

    from notifications.claims import claim, claim_due, claimable
    from notifications.models import OutgoingEmail

    label = _write(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE notifications_outgoingemail")
    measured = Measured(size)
    measured.scan = _scans(claimable(_now()).order_by("due_at", "pk")[:BATCH])
    pks = list(
        OutgoingEmail.objects.filter(message=label).order_by("-pk").values_list("pk", flat=True)[:ROUNDS]
    )
    measured.times = [
        _timed(f"retard de {size}\u00a0: prendre les {BATCH} plus anciens", lambda: claim_due(BATCH)),
        _timed(f"retard de {size}\u00a0: prendre un courriel par son numéro", lambda: [claim(pks.pop())]),
    ]
    measured.twice = _taken_twice(claim_due)
    OutgoingEmail.objects.filter(message=label).delete()
    return measured


def _now():
    from django.utils import timezone

    return timezone.now()


def _timed(words, take):
    """Return (words, median, 95th percentile) in milliseconds; what was taken is sent between two."""
    spent = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        mails = take()
        spent.append((time.perf_counter() - started) * 1000)
        _mark_sent(mails)
    return words, median(spent), quantiles(spent, n=20)[-1]


def _mark_sent(mails):
    from notifications.models import MailState, OutgoingEmail

    rows = OutgoingEmail.objects.filter(pk__in=[mail.pk for mail in mails])
    rows.update(state=MailState.SENT, sent_at=_now(), claimed_until=None)


def _taken_twice(claim_due):
    """Return how many mails several workers that share the backlog took twice."""
    from django.db import connection

    taken, lock = Counter(), threading.Lock()

    def work():
        for _round in range(50):
            mails = claim_due(BATCH)
            with lock:
                taken.update(mail.pk for mail in mails)
            _mark_sent(mails)
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(SHARERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(count - 1 for count in taken.values())


def _scans(queryset):
    """Return the scans of the plan of `queryset`."""
    found = re.findall(r"(\w[\w ]*Scan)(?: using (\w+))?", queryset.explain())
    return ", ".join(" ".join(part for part in one if part) for one in found)
