"""Scheduled work on requests."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from tickets.services import files
from tickets.services.left_drafts import forget_stale
from tickets.services.orphans import erase_orphans

logger = logging.getLogger(__name__)


@shared_task
def forget_stale_drafts():
    """Erase the drafts nobody touched for a month."""
    logger.info("drafts erased: %d", forget_stale(timezone.now()))


@shared_task
def check_file(uuid):
    """Have one file checked, soon after it arrived."""
    files.check_file(UUID(uuid))


@shared_task
def check_waiting_files():
    """Have the files checked that no task was woken for, or that waited for the antivirus."""
    if checked := files.sweep_files():
        logger.info("files checked by the sweep: %d", checked)


@shared_task
def forget_orphans():
    """Erase the stored contents no row points to, and the previews nobody asked for lately."""
    logger.info("stored files erased: %d", erase_orphans(timezone.now()))
