"""Scheduled work on requests."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from tickets.services import daily, files, stranded
from tickets.services.left_drafts import forget_stale
from tickets.services.orphans import erase_orphans
from tickets.services.taking_back import release_answers

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


@shared_task
def recall_postponed():
    """Recall the requests whose day has come."""
    logger.info("requests recalled: %d", daily.recall_postponed(timezone.now()))


@shared_task
def remind_of_closings():
    """Remind requesters of a closing that will soon be tacit."""
    logger.info("closings reminded of: %d", daily.remind_of_closings(timezone.now()))


@shared_task
def remind_of_questions():
    """Remind requesters of a question they did not answer."""
    logger.info("questions reminded of: %d", daily.remind_of_questions(timezone.now()))


@shared_task
def expire_closings():
    """Make tacit the closings nobody contested in time."""
    logger.info("closings made tacit: %d", daily.expire_closings(timezone.now()))


@shared_task
def release_held_answers():
    """Let searches find the answers that have left since the last time."""
    if released := release_answers(timezone.now()):
        logger.info("answers released: %d", released)


@shared_task
def free_stranded():
    """Free the requests in the hands of somebody who may act on them no more."""
    logger.info("requests freed: %d", len(stranded.free_stranded(timezone.now())))
