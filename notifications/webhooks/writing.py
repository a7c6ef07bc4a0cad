"""Write calls as rows, in the transaction of the event they tell: the same promise as mails."""

import json
import uuid
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from categories.querysets import lineage_ids
from categories.roles import is_confidential
from notifications.models import CallState, Webhook, WebhookCall
from teledemande import waking
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.lifecycle.transitions import TAKE_BACK, TRANSITIONS
from tickets.models import TicketEvent
from tickets.shown_status import as_outsiders_see

MAKE_CALLS: Final = "notifications.tasks.make_calls"
PING: Final = "ping"
# The clock of the worker may be a little late on ours.
_MARGIN_SECONDS: Final = 1.0


def events_told() -> dict[str, Any]:
    """Return the events a webhook may choose, by kind, with what they are called: none that is for staff."""
    moves = [move for move in TRANSITIONS.values() if not move.is_internal and not move.parts]
    return {move.name: move.past for move in moves if move.name != TAKE_BACK}


def write_calls(event: TicketEvent) -> list[WebhookCall]:
    """Write the calls of `event`, in its transaction, and ask for them after the commit. One query, or none.

    A webhook hears of its theme and of what that contains, down to confidential themes, like roles. What may
    still be taken back waits until it leaves.
    """
    if event.is_internal or event.kind not in events_told():
        return []
    hooks = Webhook.objects.filter(is_active=True, category__in=lineage_ids(event.ticket.category_id))
    told = [hook for hook in hooks.order_by("pk") if event.kind in hook.events]
    if not told:
        return []
    facts, leaves_at = _facts(event), event.leaves_at if TRANSITIONS[event.kind].can_be_taken_back else None
    calls = [_call(hook, facts, event=event, ticket=event.ticket) for hook in told]
    return _put(calls, leaves_at)


def ping(webhook: Webhook) -> WebhookCall:
    """Write a call that tells nothing, to try `webhook`. Inside a transaction."""
    facts = {"event": PING, "at": timezone.now().isoformat(timespec="seconds")}
    return _put([_call(webhook, facts)])[0]


def cancel_calls(event: TicketEvent) -> int:
    """Cancel the calls of the answer that `event` takes back; return how many. Inside a transaction.

    Raises AlreadyGoneError if one was made, or is being made.
    """
    answer = event.ticket.events.get(sequence=event.after["taken_back"])
    calls = WebhookCall.objects.filter(event=answer)
    held = list(calls.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if any(call.state in (CallState.SENDING, CallState.SENT) for call in held):
        raise AlreadyGoneError
    return calls.update(state=CallState.CANCELLED, answer="") if held else 0


def wake(pks: list[int], *, after: float = 0) -> None:
    """Ask for the calls `pks`, `after` that many seconds, once it is committed."""
    waking.wake_after_commit(MAKE_CALLS, [(pk,) for pk in pks], after=after)


def _facts(event: TicketEvent) -> dict[str, Any]:
    """Return what is told of `event`: no content, no person; of a confidential theme, not even its name."""
    ticket = event.ticket
    hidden = is_confidential(ticket.category_id)
    theme = ticket.category
    return {
        "event": event.kind,
        "at": event.at.isoformat(timespec="seconds"),
        "reference": ticket.reference,
        "theme": None if hidden else {"slug": theme.slug, "name": theme.name},
        "status": None if hidden else as_outsiders_see(event).status,
        "link": f"{settings.SITE_URL}{reverse('admin:tickets_ticket_change', args=[ticket.pk])}",
    }


def _call(webhook: Webhook, facts: dict[str, Any], **fields: Any) -> WebhookCall:
    identifier = uuid.uuid4()
    body = json.dumps({"id": str(identifier)} | facts, ensure_ascii=False)
    return WebhookCall(uuid=identifier, webhook=webhook, body=body, **fields)


def _put(calls: list[WebhookCall], leaves_at: datetime | None = None) -> list[WebhookCall]:
    wait = 0.0
    if leaves_at is not None:
        wait = max(0.0, (leaves_at - timezone.now()).total_seconds()) + _MARGIN_SECONDS
        for call in calls:
            call.due_at = leaves_at
    rows = WebhookCall.objects.bulk_create(calls)
    wake([row.pk for row in rows], after=wait)
    return rows
