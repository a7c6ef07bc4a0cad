"""Claim a mail, hand it over, write what came of it. No SMTP inside a transaction, no transaction around it.

Delivery is at least once: a worker killed between the server's answer and the update sends again, under the
same Message-ID.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import MailState, MailStep, OutgoingEmail, StepKind
from notifications.smtp import Post, RefusedError, TryLaterError, UnreachableError, server_name

logger = logging.getLogger(__name__)

# Longer than the slowest delivery: ten exchanges with the server of EMAIL_TIMEOUT seconds each.
CLAIM = timedelta(minutes=5)
# Between two tries, in minutes: quickly at first, then every hour, for two days in all.
_MINUTES = (1, 5, 15, 60, *(60,) * 46)
DELAYS = tuple(timedelta(minutes=minutes) for minutes in _MINUTES)
BATCH = 100
BATCH_SECONDS = 50
REST_SECONDS = 30
_server_rests_until = 0.0


def claimable(now: datetime) -> Q:
    """Return the condition of a mail that may be taken: due, or left by a worker whose claim is over."""
    return Q(state=MailState.QUEUED, due_at__lte=now) | Q(state=MailState.SENDING, claimed_until__lt=now)


def claim(pk: int, *, now: datetime | None = None) -> OutgoingEmail | None:
    """Take the mail `pk` for CLAIM and return it, or None if it is not to be sent now or another took it."""
    now = now or timezone.now()
    taken = OutgoingEmail.objects.filter(claimable(now), pk=pk).update(
        state=MailState.SENDING, claimed_until=now + CLAIM, attempts=F("attempts") + 1
    )
    return OutgoingEmail.objects.get(pk=pk) if taken else None


def deliver(pk: int, post: Post | None = None) -> str | None:
    """Send the mail `pk` if it may be taken, and write what came of it; return its state, or None.

    Raises UnreachableError, once written, when there was no server to speak to.
    """
    mail = claim(pk)
    if mail is None:
        return None
    started = time.monotonic()
    try:
        state = _hand(mail, post)
    finally:
        seconds = time.monotonic() - started
        logger.info("mail %d: %s, attempt %d, %.1f s", pk, mail.state, mail.attempts, seconds)
    return state


def deliver_unless_server_rests(pk: int, post: Post | None = None) -> str | None:
    """Send the mail `pk`, unless the server was unreachable a moment ago: the sweep tries it first.

    Otherwise a hundred wake-ups would wait one after the other for a server that is down, and hold back
    everything else workers have to do.
    """
    if time.monotonic() < _server_rests_until:
        return None
    try:
        return deliver(pk, post)
    except UnreachableError:
        _let_server_rest()
        return MailState.QUEUED


def deliver_due() -> int:
    """Send what is due, oldest first, and return how many mails were looked at.

    Bounded in number and time; stops when the server does not answer.
    """
    pks = OutgoingEmail.objects.filter(claimable(timezone.now())).order_by("due_at", "pk")
    deadline = time.monotonic() + BATCH_SECONDS
    looked_at = 0
    with Post() as post:
        for pk in list(pks.values_list("pk", flat=True)[:BATCH]):
            looked_at += 1
            try:
                deliver(pk, post)
            except UnreachableError:
                _let_server_rest()
                break
            if time.monotonic() > deadline:
                break
    return looked_at


def _let_server_rest() -> None:
    global _server_rests_until  # noqa: PLW0603 -- one server, one memory of its failure, per process
    _server_rests_until = time.monotonic() + REST_SECONDS


def _hand(mail: OutgoingEmail, post: Post | None) -> str:
    if mail.attempts > len(DELAYS) + 1:  # its workers died each time before they could write why
        return _write(mail, state=MailState.FAILED, answer=_("Envoi abandonné : il n’aboutit jamais."))
    try:
        if post is None:
            with Post() as own:
                answer = own.hand(mail)
        else:
            answer = post.hand(mail)
    except RefusedError as error:
        return _write(mail, state=MailState.FAILED, answer=str(error))
    except TryLaterError as error:
        _postpone(mail, str(error))
        if isinstance(error, UnreachableError):
            raise
        return mail.state
    kept = {"answer": answer, "server": server_name()} | _wiped(mail)
    return _write(mail, state=MailState.SENT, sent_at=timezone.now(), **kept)


def _postpone(mail: OutgoingEmail, answer: str) -> str:
    if mail.attempts > len(DELAYS):
        return _write(mail, state=MailState.FAILED, answer=answer)
    due_at = timezone.now() + DELAYS[mail.attempts - 1]
    return _write(mail, state=MailState.QUEUED, due_at=due_at, answer=answer)


def _wiped(mail: OutgoingEmail) -> dict[str, str]:
    if not mail.is_secret or settings.OUTBOX_KEEPS_SECRETS:
        return {}
    return {"body_text": "", "body_html": ""}


def _write(mail: OutgoingEmail, *, state: str, **fields: Any) -> str:
    """Write what came of the delivery; of a failure, only if no other worker took the mail up meanwhile."""
    fields |= {"state": state, "claimed_until": None}
    rows = OutgoingEmail.objects.filter(pk=mail.pk)
    if state != MailState.SENT:
        rows = rows.filter(state=MailState.SENDING, attempts=mail.attempts)
    for try_again in (True, True, False):
        try:
            _keep(rows, mail, fields)
            break
        except DatabaseError:
            # The mail has left: forgetting it would send it twice.
            if not try_again:
                raise
            time.sleep(1)
    mail.state = state
    return state


def _keep(rows: QuerySet[OutgoingEmail], mail: OutgoingEmail, fields: dict[str, Any]) -> None:
    if fields["state"] == MailState.SENT:
        rows.update(**fields)
        return
    kind = StepKind.REFUSED if fields["state"] == MailState.FAILED else StepKind.DEFERRED
    with transaction.atomic():
        if rows.update(**fields):
            MailStep.objects.create(mail=mail, kind=kind, server=server_name(), words=fields["answer"])
