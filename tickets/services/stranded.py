"""Free the requests in the hands of somebody who may act on them no more.

Taking a role back hands its requests over (tickets.services.leaving). The same may come of what knows no
request: an account closed, a theme made confidential or put elsewhere in the tree, a request taken in the
very instant a role is taken back. Whoever does it asks here at once; the hourly run finds the rest.
"""

import logging
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from categories.enums import RoleKind
from categories.querysets import reached_ids
from tickets.lifecycle.enums import OPEN, Status
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Ticket
from tickets.services.given import Given
from tickets.services.moving import apply_transition

logger = logging.getLogger(__name__)


def free_stranded(now: datetime) -> list[Ticket]:
    """Free each started request whose assignee may not act on it; return them, oldest first.

    Télé-demande is the author. One query a member of staff in charge of something.
    """
    started = Ticket.objects.filter(status__in=OPEN).exclude(status=Status.SUBMITTED)
    holders = User.objects.filter(pk__in=started.order_by().values("assignee")).order_by("pk")
    keys = sorted(
        key for holder in holders for key in _stranded(started, holder).values_list("pk", flat=True)
    )
    return [ticket for key in keys if (ticket := _freed(key, now))]


def _stranded(started: QuerySet[Ticket], holder: User) -> QuerySet[Ticket]:
    hers = started.filter(assignee=holder)
    if not holder.is_active:
        return hers
    return hers.filter(~Q(category_id__in=reached_ids(holder, RoleKind.HANDLER)) | Q(requester=holder))


def _freed(key: int, now: datetime) -> Ticket | None:
    words = _("Qui en avait la charge ne peut plus la traiter : la demande est remise à disposition.")
    try:
        return apply_transition(key, "release", actor=None, given=Given(message=words), at=now)
    except MoveRefusedError:  # somebody acted, or another worker was quicker
        logger.info("release of %d not due any more", key)
        return None
