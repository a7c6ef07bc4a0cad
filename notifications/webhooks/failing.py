"""Count the failures of a webhook, and switch it off when nothing answers any more."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import RoleKind
from categories.roles import people_on
from notifications import outbox
from notifications.models import CallState, Webhook, WebhookCall
from notifications.rendering import render
from notifications.wording import in_paris, one_line

WEBHOOK_OFF: Final = "webhook_off"
WEBHOOK_LABELS: Final = {WEBHOOK_OFF: gettext_lazy("webhook désactivé d’office")}
# A server may be down for a week-end; a single call given up says little.
PATIENCE: Final = timedelta(hours=48)
FEWEST: Final = 5


def note_success(pk: int) -> None:
    """Forget the failures of the webhook `pk`: it answers."""
    Webhook.objects.filter(pk=pk, failures__gt=0).update(failures=0, failing_since=None)


@transaction.atomic
def note_failure(pk: int, *, is_final: bool, is_gone: bool = False) -> bool:
    """Count a failure of the webhook `pk`; switch it off, and return True, once it has failed enough.

    Enough: FEWEST times in a row, since PATIENCE or with a call given up (`is_final`); or it says that it is
    gone (`is_gone`). Whoever made it and those who answer for its theme are told.
    """
    held = Webhook.objects.filter(pk=pk, is_active=True).select_for_update(of=("self",), no_key=True)
    webhook = held.first()
    if webhook is None:
        return False
    now = timezone.now()
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    is_old = now - webhook.failing_since >= PATIENCE
    is_enough = is_gone or (webhook.failures >= FEWEST and (is_final or is_old))
    if is_enough:
        webhook.is_active, webhook.switched_off_at = False, now
    webhook.save(update_fields=["failures", "failing_since", "is_active", "switched_off_at"])
    if is_enough:
        give_up_waiting(webhook)
        _tell(webhook)
    return is_enough


def give_up_waiting(webhook: Webhook) -> int:
    """Mark as failed the calls of `webhook` that wait, so that they are seen and may be made again later."""
    waiting = webhook.calls.filter(state__in=(CallState.QUEUED, CallState.DEFERRED))
    waiting.filter(answer="").update(answer=_("Webhook désactivé."))
    return waiting.update(state=CallState.FAILED)


def _tell(webhook: Webhook) -> None:
    managers = people_on(webhook.category_id, RoleKind.MANAGER)
    people = {webhook.created_by, *managers} if webhook.created_by.is_active else set(managers)
    last = WebhookCall.objects.filter(webhook=webhook).exclude(attempts=0).first()
    mails = []
    for person in sorted(people, key=lambda one: one.pk):
        context = {
            "name": one_line(webhook.name),
            "theme": one_line(webhook.category.name),
            "failures": webhook.failures,
            "since": webhook.failing_since and in_paris(webhook.failing_since),
            "answer": one_line(last.answer, 200) if last else "",
            "link": f"{settings.SITE_URL}{reverse('admin:notifications_webhook_change', args=[webhook.pk])}",
        }
        rendered = render(WEBHOOK_OFF, context, language=person.language)
        mails.append(
            outbox.mail(
                rendered, message=WEBHOOK_OFF, to=person.email, language=person.language, recipient=person
            )
        )
    outbox.put(mails)
