"""A server refused an address for good: the account is marked, and whoever handles her requests is told.

Mails go on being sent there, legal ones and others: a full mailbox empties, a refusal may be a mistake of a
server, and a mail that was never sent is lost for sure. The mark is information, never a filter.
"""

import logging
from typing import Final

from django.db.models import Q
from django.utils import timezone

from accounts.services import note_refused
from notifications.models import OutgoingEmail
from tickets.lifecycle.enums import OPEN, Status
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Ticket
from tickets.services.given import Given
from tickets.services.moving import apply_transition

logger = logging.getLogger(__name__)

_LIVE: Final = (*OPEN, Status.CLOSED)


def lose_sight_of(mail: OutgoingEmail, words: str) -> None:
    """Mark the address `mail` was sent to and put a task on each request of hers, inside a transaction.

    Her requests under way or awaiting her approval, and that of the mail itself. Nothing when the mail went
    to nobody's account, or to an address she has left since.
    """
    person = mail.recipient
    if person is None or not note_refused(person, address=mail.to, words=words, at=timezone.now()):
        return
    hers = Ticket.objects.filter(Q(status__in=_LIVE) | Q(pk=mail.ticket_id), requester=person)
    for pk in list(hers.filter(unreached_at=None).order_by("pk").values_list("pk", flat=True)):
        _ask_to_reach(pk, words)


def _ask_to_reach(pk: int, words: str) -> None:
    try:
        apply_transition(pk, "unreached", actor=None, given=Given(refusal=words))
    except MoveRefusedError:  # another report was quicker
        logger.info("request %d: to be reached already", pk)
