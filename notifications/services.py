"""What staff and time do to mails already written."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.models import MailState, MailStep, OutgoingEmail, StepKind
from notifications.waking import wake_after_commit


@transaction.atomic
def resend(pks: list[int]) -> int:
    """Put the failed mails among `pks` back in the queue, and return how many were.

    A mail without an address or without its body any more cannot be sent again and stays as it is.
    """
    failed = OutgoingEmail.objects.filter(pk__in=pks, state=MailState.FAILED)
    sendable = failed.exclude(to="").exclude(body_text="")
    again = list(sendable.values_list("pk", flat=True))
    # Conditional: of two people who click, one puts it back.
    requeued = sendable.filter(pk__in=again).update(state=MailState.QUEUED, due_at=timezone.now(), attempts=0)
    if requeued:
        MailStep.objects.bulk_create(MailStep(mail_id=pk, kind=StepKind.REQUEUED) for pk in again)
    wake_after_commit(again)
    return requeued


def wipe_stale_secrets() -> int:
    """Erase the bodies of failed mails whose link has expired; return how many there were."""
    if settings.OUTBOX_KEEPS_SECRETS:
        return 0
    expired = timezone.now() - settings.ACTIVATION_LINK_LIFETIME
    stale = OutgoingEmail.objects.filter(is_secret=True, state=MailState.FAILED, created_at__lt=expired)
    return stale.exclude(body_text="").update(body_text="", body_html="")
