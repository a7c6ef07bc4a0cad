"""Work of the outbox in the background."""

import logging

from celery import shared_task
from django.utils import timezone

from notifications import delivery
from notifications.draft_mails import warn_of_erasure
from notifications.services import wipe_stale_secrets

logger = logging.getLogger(__name__)


@shared_task
def deliver(pk):
    """Send one mail, soon after it was written."""
    delivery.deliver_unless_server_rests(pk)


@shared_task
def sweep():
    """Send what is due and was not: wake-ups that were lost, tries put off, workers that died."""
    wipe_stale_secrets()
    delivery.deliver_due()


@shared_task
def warn_of_draft_erasure():
    """Tell people that drafts of theirs will soon be erased."""
    logger.info("mails on drafts: %d", warn_of_erasure(timezone.now()))
