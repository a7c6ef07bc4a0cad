"""Work of the outbox in the background."""

from celery import shared_task

from notifications import delivery
from notifications.services import wipe_stale_secrets


@shared_task
def deliver(pk):
    """Send one mail, soon after it was written."""
    delivery.deliver_unless_server_rests(pk)


@shared_task
def sweep():
    """Send what is due and was not: wake-ups that were lost, tries put off, workers that died."""
    wipe_stale_secrets()
    delivery.deliver_due()
