"""Nobody acts unaware: what others did since a page was shown stops words, and stops a taking."""

from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from teledemande.french_dates import instant_words
from tickets.lifecycle.moves import Transition
from tickets.lifecycle.refusals import NewsError, TakenError
from tickets.models import Ticket

_TAKE: Final = "take"


def takes(move: Transition) -> bool:
    """Whether `move` makes its author the assignee, by itself or as a part."""
    return _TAKE in (move.name, *move.parts)


def check_seen(move: Transition, ticket: Ticket, seen: int | None, actor: User | None) -> None:
    """Stop `actor`, who had read the first `seen` events of the locked `ticket`, before she acts unaware.

    `seen` of None: she takes a request as if she had read its filing alone; her words leave. One query when
    others have acted. Raises TakenError, NewsError.
    """
    if takes(move) and ticket.assignee_id is not None:
        _check_holder(ticket, seen or 0)
    if seen is None or move.name == _TAKE:  # what others wrote keeps nobody from taking charge
        return
    if ticket.event_count > seen and ticket.events.news(seen, actor).exists():
        raise NewsError


def _check_holder(ticket: Ticket, seen: int) -> None:
    """Refuse to take from whoever was not shown as the assignee; knowingly, it is no fault."""
    changes = [event for event in ticket.events.filter(sequence__gt=seen) if event.changes_holder]
    if not changes or changes[0].before.get("assignee_id") == ticket.assignee_id:
        return
    words = {"name": ticket.assignee, "when": instant_words(changes[-1].at)}
    raise TakenError(
        _(
            "%(name)s a cette demande en charge depuis le %(when)s. Rien n’a été modifié ; "
            "pour la lui reprendre, recommencez."
        )
        % words
    )
