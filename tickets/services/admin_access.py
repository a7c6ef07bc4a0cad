"""Open a confidential request to an administrator, for a short time, inside the move that says why."""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from accounts.models import User
from tickets.models import AdminAccess, Ticket

LASTS: Final = timedelta(hours=1)
MOVE: Final = "admin_access"

logger = logging.getLogger(__name__)


def open_access(name: str, ticket: Ticket, actor: User | None, now: datetime) -> dict[str, Any]:
    """Open the locked `ticket` to `actor` when the move `name` is that of an administrator.

    Returns what the event keeps of it: until when.
    """
    if name != MOVE or actor is None:
        return {}
    until = now + LASTS
    AdminAccess.objects.create(ticket=ticket, user=actor, at=now, until=until)
    logger.warning("administrator %s reads the confidential request %s", actor.pk, ticket.pk)
    return {"until": until.isoformat()}
