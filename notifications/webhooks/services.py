"""What people do to webhooks."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import CallState, Webhook, WebhookCall
from notifications.webhooks.failing import give_up_waiting
from notifications.webhooks.signing import new_secret
from notifications.webhooks.writing import ping, wake

CALLS_SHOWN: Final = 50


@transaction.atomic
def save_webhook(webhook: Webhook, *, by: User) -> str:
    """Write `webhook`, new or changed; return its secret if it is new, else "".

    Switched on again, it starts afresh; switched off, what waited is given up and may be made again later.
    """
    secret = ""
    if webhook.pk is None:
        webhook.created_by, webhook.secret = by, (secret := new_secret())
    if webhook.is_active:
        webhook.failures, webhook.failing_since, webhook.switched_off_at = 0, None, None
    webhook.save()
    if not webhook.is_active:
        give_up_waiting(webhook)
    return secret


def renew_secret(webhook: Webhook) -> str:
    """Give `webhook` another secret, which signs from now on, and return it."""
    webhook.secret = new_secret()
    webhook.save(update_fields=["secret"])
    return webhook.secret


@transaction.atomic
def try_webhook(webhook: Webhook) -> WebhookCall | None:
    """Call `webhook` with nothing to tell, unless it is off or a trial still waits; return the call."""
    waits = webhook.calls.filter(event=None, state__in=(CallState.QUEUED, CallState.SENDING))
    return None if not webhook.is_active or waits.exists() else ping(webhook)


@transaction.atomic
def call_again(webhook: Webhook, pks: list[int]) -> int:
    """Put the calls `pks` of `webhook` that failed, or were received, back in the queue; return how many.

    The body and the identifier stay the same. Nothing while it is off.
    """
    if not webhook.is_active:
        return 0
    calls = webhook.calls.filter(pk__in=pks, state__in=(CallState.FAILED, CallState.SENT))
    again = list(
        calls.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True)
    )
    fields = {"state": CallState.QUEUED, "due_at": timezone.now(), "attempts": 0, "sent_at": None}
    count = webhook.calls.filter(pk__in=again).update(**fields)
    wake(again)
    return count
