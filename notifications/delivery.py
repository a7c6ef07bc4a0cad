"""Hand over the mails taken, and write what came of each. No transaction is open meanwhile.

Delivery is at least once: a worker killed between the server's answer and the update sends again, under the
same Message-ID.
"""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.claims import claim, claim_due, next_in_line, release, slowest
from notifications.models import MailState, OutgoingEmail
from notifications.outcomes import is_exhausted, postpone, write
from notifications.retries import delay_after
from notifications.smtp import Post, RefusedError, SilentError, TryLaterError, UnreachableError, server_name

logger = logging.getLogger(__name__)

# Taken together by the sweep: few, for they wait when their worker is killed.
BATCH = 20
SWEEP_SECONDS = 50
REST_SECONDS = 30
# A server that keeps silent on that many mails in a row is held to be down.
SILENCES = 2


@dataclass
class _Server:
    """What this process remembers of the SMTP server."""

    rests_until: float = 0.0
    silences: int = 0

    def let_rest(self) -> None:
        self.rests_until, self.silences = time.monotonic() + REST_SECONDS, 0

    def is_resting(self) -> bool:
        return time.monotonic() < self.rests_until


_server = _Server()


def deliver(pk: int, post: Post | None = None) -> OutgoingEmail | None:
    """Send the mail `pk` if it may be taken, and write what came of it; return it, or None.

    Raises UnreachableError, once written, when there was no server to speak to.
    """
    mail = claim(pk)
    if mail is None:
        return None
    if post is None:
        with Post() as own:
            _deliver(mail, own)
    else:
        _deliver(mail, post)
    return mail


def deliver_unless_server_rests(pk: int, post: Post | None = None) -> None:
    """Send the mail `pk` and those that waited for it, unless the server was down a moment ago.

    The sweep tries it first. Otherwise a hundred wake-ups would wait one after the other for a server that is
    down, and hold back everything else workers have to do.
    """
    following: int | None = pk
    while following is not None and not _server.is_resting():
        try:
            mail = deliver(following, post)
        except UnreachableError:
            return
        has_left = mail is not None and mail.state != MailState.DEFERRED
        following = next_in_line(mail) if mail is not None and has_left else None


def deliver_due() -> None:
    """Send what is due, oldest first. Bounded in time; stops when the server does not answer."""
    deadline = time.monotonic() + SWEEP_SECONDS
    with Post() as post, suppress(UnreachableError):
        while time.monotonic() < deadline and (mails := claim_due(BATCH)):
            _deliver_together(mails, post, deadline)


def _deliver_together(mails: list[OutgoingEmail], post: Post, deadline: float) -> None:
    """Send `mails`, just taken, while their claim lasts; put back those that were not tried."""
    try:
        while mails and time.monotonic() < deadline and _lasts(mails[0]):
            _deliver(mails.pop(0), post)
    finally:
        release(mails)


def _lasts(mail: OutgoingEmail) -> bool:
    """Tell whether the claim on `mail` is long enough for the slowest delivery."""
    return mail.claimed_until is not None and mail.claimed_until - timezone.now() > slowest()


def _deliver(mail: OutgoingEmail, post: Post) -> None:
    started = time.monotonic()
    try:
        _hand(mail, post)
    finally:
        seconds = time.monotonic() - started
        logger.info("mail %d: %s, attempt %d, %.1f s", mail.pk, mail.state, mail.attempts, seconds)


def _hand(mail: OutgoingEmail, post: Post) -> None:
    if is_exhausted(mail):  # its workers died each time before they could write why
        write(mail, state=MailState.FAILED, answer=_("Envoi abandonné : il n’aboutit jamais."))
        return
    try:
        answer = post.hand(mail)
    except RefusedError as error:
        write(mail, state=MailState.FAILED, answer=str(error))
    except UnreachableError as error:
        _give_back(mail, str(error))
        _server.let_rest()
        raise
    except TryLaterError as error:
        postpone(mail, str(error))
        if isinstance(error, SilentError):
            _count_silence(error)
        return
    else:
        kept = {"answer": answer, "server": server_name()} | _wiped(mail)
        write(mail, state=MailState.SENT, sent_at=timezone.now(), **kept)
    _server.silences = 0


def _count_silence(error: SilentError) -> None:
    _server.silences += 1
    if _server.silences >= SILENCES:
        _server.let_rest()
        raise UnreachableError(str(error)) from error


def _give_back(mail: OutgoingEmail, answer: str) -> None:
    """Put `mail` off for a moment: nobody was there to refuse it, and that costs it no try."""
    due_at = timezone.now() + (delay_after(1) or timedelta())
    write(mail, state=MailState.DEFERRED, due_at=due_at, answer=answer, attempts=mail.attempts - 1)


def _wiped(mail: OutgoingEmail) -> dict[str, str]:
    if not mail.is_secret or settings.OUTBOX_KEEPS_SECRETS:
        return {}
    return {"body_text": "", "body_html": ""}
