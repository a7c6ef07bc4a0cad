"""Scheduled work on requests."""

import logging

from celery import shared_task
from django.utils import timezone

from tickets.services.drafts import forget_stale

logger = logging.getLogger(__name__)


@shared_task
def forget_stale_drafts():
    """Erase the drafts nobody touched for a month."""
    logger.info("drafts erased: %d", forget_stale(timezone.now()))
