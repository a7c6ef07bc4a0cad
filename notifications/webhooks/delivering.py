"""Make the calls that are due: the claims, tries and delays of mails (notifications.delivery)."""

import logging
import time
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.claims import due, take
from notifications.delivery import BATCH, SWEEP_SECONDS
from notifications.models import CallState, WebhookCall
from notifications.outcomes import is_exhausted, postpone, write
from notifications.webhooks.addresses import ForbiddenAddressError
from notifications.webhooks.calling import CallError, Reply, call
from notifications.webhooks.failing import note_failure, note_success
from notifications.webhooks.signing import HEADER, signature

logger = logging.getLogger(__name__)

# Gone for good, says the other side.
_GONE: Final = 410
REST_SECONDS: Final = 60
# When each webhook that did not answer may be tried again by the wake-ups of this process.
_rests_until: dict[int, float] = {}


def make_call(pk: int) -> str | None:
    """Make the call `pk` if it may be taken, and write what came of it; return its state, or None."""
    row = _claimed(pk)
    if row is None:
        return None
    started = time.monotonic()
    state = _make(row, started)
    logger.info("webhook %d, call %d: %s, attempt %d", row.webhook_id, pk, state, row.attempts)
    return state


def make_call_unless_resting(pk: int) -> str | None:
    """Make the call `pk`, unless its webhook did not answer a moment ago: the sweep tries it first."""
    webhook = WebhookCall.objects.filter(pk=pk).values_list("webhook", flat=True).first()
    if webhook is None or time.monotonic() < _rests_until.get(webhook, 0.0):
        return None
    state = make_call(pk)
    if state not in (None, CallState.SENT):
        _rests_until[webhook] = time.monotonic() + REST_SECONDS
    return state


def make_due_calls() -> int:
    """Make the calls that are due, oldest first, and return how many were tried.

    Bounded in number and time. A webhook that fails waits for the next sweep: it keeps no other back.
    """
    deadline, tried = time.monotonic() + SWEEP_SECONDS, 0
    failing: set[int] = set()
    while tried < BATCH and time.monotonic() < deadline:
        waiting = WebhookCall.objects.filter(due(timezone.now())).exclude(webhook__in=failing)
        found = waiting.order_by("due_at", "pk").values_list("pk", "webhook").first()
        if found is None:
            break
        tried += 1
        if make_call(found[0]) not in (None, CallState.SENT):
            failing.add(found[1])
    return tried


def _claimed(pk: int) -> WebhookCall | None:
    now = timezone.now()
    taken = take(WebhookCall.objects.filter(due(now), pk=pk), now)
    return WebhookCall.objects.get(pk=pk) if taken else None


def _make(row: WebhookCall, started: float) -> str:
    webhook = row.webhook
    if not webhook.is_active:
        return write(row, state=CallState.FAILED, answer=_("Webhook désactivé."))
    if is_exhausted(row):  # its workers died each time before they could write why
        return _give_up(row, _("Appel abandonné : il n’aboutit jamais."))
    try:
        reply = _post(row)
    except ForbiddenAddressError as error:
        return _give_up(row, str(error), milliseconds=_since(started))
    except CallError as error:
        measured = {"status": error.status, "milliseconds": _since(started)}
        if error.status == _GONE:
            return _give_up(row, str(error), is_gone=True, **measured)
        state = postpone(row, str(error), **measured)
        note_failure(webhook.pk, is_final=state == CallState.FAILED)
        return state
    state = write(
        row,
        state=CallState.SENT,
        sent_at=timezone.now(),
        answer=reply.words,
        status=reply.status,
        milliseconds=_since(started),
    )
    note_success(webhook.pk)
    return state


def _give_up(row: WebhookCall, answer: str, *, is_gone: bool = False, **measured: int | None) -> str:
    state = write(row, state=CallState.FAILED, answer=answer, **measured)
    note_failure(row.webhook_id, is_final=True, is_gone=is_gone)
    return state


def _post(row: WebhookCall) -> Reply:
    body, now = row.body.encode(), int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Teledemande-Webhook/1",
        "X-Teledemande-Delivery": str(row.uuid),
        HEADER: signature(row.webhook.secret, body, at=now),
    }
    return call(row.webhook.url, body, headers)


def _since(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
