"""Scheduled work on accounts."""

import logging

from celery import shared_task
from django.utils import timezone

from accounts.services.housekeeping import forget_stale

logger = logging.getLogger(__name__)


@shared_task
def forget_stale_accounts():
    """Erase expired links, failures, sessions and tickets, every night."""
    logger.info("accounts: forgotten %s", forget_stale(timezone.now()))
