"""How many mails a second one worker hands over, beside a bare loop of smtplib; what it holds in memory."""

import smtplib
import time
import uuid
from contextlib import ExitStack
from statistics import median

from tests.bench.mail.stage import sweep
from tests.services.process import HOST, wait_until

ROUNDS = 3
FROM = "bench@example.org"
# What a worker allocates once (pools, caches, the first sweeps) is not what it leaks.
WARM_SHARE = 0.2


def rates(stage, *, mails):
    """Return (ours, bare, ratio) a second: the median of ROUNDS, both asked in turn of the same server.

    It writes each mail to a file: a server that keeps nothing is no server.
    """
    stage.smtp.accept()
    ours, bare = [], []
    with stage.worker(concurrency=1):
        _ours(100)  # its modules are loaded, its connection to the database is open
        for _round in range(ROUNDS):
            bare.append(_bare(stage.smtp.port, mails))
            ours.append(_ours(mails))
            stage.smtp.forget()
    return median(ours), median(bare), median(one / floor for one, floor in zip(ours, bare, strict=True))


def memory(stage, *, mails):
    """Return (how many, kilobytes once warm, kilobytes at the end) of the one process that sends them all."""
    from notifications.models import WAITING, OutgoingEmail

    waiting = OutgoingEmail.objects.filter(state__in=WAITING)
    stage.smtp.swallow()
    with ExitStack() as running:
        worker = running.enter_context(stage.worker(concurrency=1))
        _write(mails)
        before = worker.children()
        _sweep_until(lambda: waiting.count() <= mails * (1 - WARM_SHARE))
        first = worker.memory()
        _sweep_until(lambda: not waiting.exists())
        last = worker.memory()
        if worker.children() != before:
            raise RuntimeError("the process that was measured was replaced")
    stage.smtp.accept()
    return mails, first, last


def _sweep_until(is_over):
    """Ask for a sweep a second until `is_over`: each ends when nothing is due, or after a minute."""
    asked = 0.0

    def look():
        nonlocal asked
        if time.monotonic() - asked > 5:
            sweep()
            asked = time.monotonic()
        return is_over()

    wait_until(look, seconds=3600, what="tout est parti")


def _ours(mails):
    """Return how many a second: from the first accepted to the last, as the rows say."""
    from django.db.models import Count, Max, Min

    from notifications.models import OutgoingEmail

    label = _write(mails)
    written = OutgoingEmail.objects.filter(message=label)
    _sweep_until(lambda: not written.exclude(state="sent").exists())
    said = written.aggregate(first=Min("sent_at"), last=Max("sent_at"), count=Count("pk"))
    return (said["count"] - 1) / (said["last"] - said["first"]).total_seconds()


def _bare(port, mails):
    """Return how many a second smtplib hands over on one connection, of a mail already written out."""
    from notifications.smtp import _message

    built = _message(_mail("bench", 0)).message().as_bytes(linesep="\r\n")
    with smtplib.SMTP(HOST, port) as client:
        client.sendmail(FROM, ["p0@example.org"], built)
        started = time.monotonic()
        for rank in range(mails):
            client.sendmail(FROM, [f"p{rank}@example.org"], built)
        return mails / (time.monotonic() - started)


def _write(mails):
    """Write mails that are due; return the name they bear."""
    from notifications.models import OutgoingEmail

    label = f"bench-{uuid.uuid4().hex[:12]}"
    for start in range(0, mails, 1000):
        ranks = range(start, min(start + 1000, mails))
        OutgoingEmail.objects.bulk_create(_mail(label, rank) for rank in ranks)
    return label


def _mail(label, rank):
    """Return a mail of the size of ours, to somebody of its own."""
    from notifications.headers import headers_of
    from notifications.models import OutgoingEmail

    identifier = uuid.uuid4()
    text = "Bonjour,\n\nVotre demande est prise en charge par le service de la scolarité.\n" * 12
    return OutgoingEmail(
        uuid=identifier,
        message=label,
        to=f"p{rank}@example.org",
        subject="[TD-2026-000001] Votre demande est prise en charge – Relevé de notes",
        body_text=text,
        body_html="<p>" + text.replace("\n\n", "</p><p>") + "</p>",
        headers=headers_of(identifier, language="fr"),
    )
