"""Work of the outbox in the background."""

import logging

from celery import shared_task
from django.utils import timezone

from notifications import delivery
from notifications.digests.slots import due_slots
from notifications.digests.writing import write_digest
from notifications.draft_mails import warn_of_erasure
from notifications.grouping import gather
from notifications.inbound.fetching import fetch
from notifications.inbound.reception import understand_waiting
from notifications.services import wipe_stale_secrets
from notifications.smtp import Post
from notifications.webhooks import delivering

logger = logging.getLogger(__name__)


@shared_task
def deliver(*pks):
    """Send a few mails, soon after they were written together; what one worker leaves, the sweep takes."""
    with Post() as post:
        for pk in pks:
            delivery.deliver_unless_server_rests(pk, post)


@shared_task
def sweep():
    """Send what is due and was not: wake-ups that were lost, tries put off, workers that died."""
    wipe_stale_secrets()
    gather(timezone.now())
    delivery.deliver_due()


@shared_task
def make_calls(*pks):
    """Call webhooks, soon after what they are told of."""
    for pk in pks:
        delivering.make_call_unless_resting(pk)


@shared_task
def sweep_calls():
    """Call the webhooks that are due: apart from mails, which they must not keep waiting."""
    delivering.make_due_calls()


@shared_task
def warn_of_draft_erasure():
    """Tell people that drafts of theirs will soon be erased."""
    logger.info("mails on drafts: %d", warn_of_erasure(timezone.now()))


@shared_task
def send_digests():
    """Write the summaries that are due; one that fails keeps no other back, and is tried again."""
    now = timezone.now()
    for slot in due_slots(now):
        try:
            write_digest(slot, now)
        except Exception:
            logger.exception("summary %s of person %d not written", slot.kind, slot.person_id)


@shared_task
def fetch_mails():
    """Fetch the mails that came in, and read again those whose reading was cut."""
    fetch()
    understand_waiting()
