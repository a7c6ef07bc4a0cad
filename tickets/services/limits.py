"""How much one person may ask of the service, so that nobody fills it for everybody else.

A patient person never meets these limits; a program that files without end does (CRPA, L112-11: abusive
requests, by their number among others, need no receipt).
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import User
from tickets.lifecycle.refusals import TooManyActsError
from tickets.models import Attachment, Draft, DraftFile, Participant, TicketEvent

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def require_patience(requester: User, now: datetime) -> None:
    """Raise TooManyActsError if `requester` acted too often within the last hour on her own requests, or on
    those she is invited to.

    Each act is told by mail to the staff of the theme. What they do themselves is not counted.
    """
    followed = Participant.objects.of(requester).values("ticket")
    hers = Q(ticket__requester=requester) | Q(ticket__in=followed)
    acts = TicketEvent.objects.filter(hers, actor=requester, at__gt=now - _HOUR)
    if acts.count() >= settings.ACTS_PER_HOUR:
        raise TooManyActsError


def hold_sender(owner: User) -> None:
    """Lock the row of `owner` until the transaction ends, before any draft of hers.

    Files sent in several drafts at once are then counted one after the other.
    """
    User.objects.select_for_update(of=("self",), no_key=True).filter(pk=owner.pk).exists()


def is_too_much_today(owner: User, size: int) -> bool:
    """Whether `size` more bytes pass what `owner`, who is held, may send in a day."""
    return _received_today(owner) + size > settings.FILES_MAX_BYTES_A_DAY


def _received_today(owner: User) -> int:
    """Return how many bytes of files of `owner` were kept within the last 24 hours, in drafts or not."""
    since = timezone.now() - _DAY
    attached = Attachment.objects.filter(owner=owner, created_at__gt=since)
    waiting = DraftFile.objects.filter(draft__owner=owner, created_at__gt=since)
    return sum(files.aggregate(bytes=Sum("size"))["bytes"] or 0 for files in (attached, waiting))


def kept_for_request(ticket_pk: int) -> int:
    """Return how many bytes of files a request holds, those of drafts about it included."""
    attached = Attachment.objects.there().filter(ticket=ticket_pk)
    waiting = DraftFile.objects.filter(draft__ticket=ticket_pk)
    return sum(files.aggregate(bytes=Sum("size"))["bytes"] or 0 for files in (attached, waiting))


def surplus_drafts(draft: Draft) -> list[Draft]:
    """Return the drafts of the holder of `draft` past the number kept: those left longest ago."""
    drafts = Draft.objects.filter(owner=draft.owner_id, visitor=draft.visitor)
    return list(drafts.order_by("-updated_at", "pk")[settings.DRAFTS_MAX_COUNT :])


def is_too_much_for_visitor(values: dict[str, Any]) -> bool:
    """Whether `values` (see Draft) are more than we keep for somebody who has not said who she is."""
    return len(json.dumps(values)) > settings.VISITOR_DRAFT_MAX_LENGTH
