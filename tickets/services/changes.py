"""What changed of a request, as its event keeps it."""

from datetime import date
from typing import Any

from categories.models import Category
from tickets.models import Ticket

# Always in the event, whatever changes.
WATCHED = ("status", "assignee_id", "outcome")
# In the event when they change.
_FOLLOWED = (
    *("subject", "priority", "category_id", "service_id", "recall_on", "approve_by", "satisfaction"),
    *("minutes_spent", "merged_into_id", "transmitted_to", "abuse", "requester_id"),
)


def watched(ticket: Ticket) -> dict[str, Any]:
    """Return what an event may keep of `ticket`, as JSON holds it."""
    return {name: _plain(getattr(ticket, name)) for name in (*WATCHED, *_FOLLOWED)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both sides of what the event keeps."""
    kept = [name for name in before if name in WATCHED or before[name] != after[name]]
    return {name: before[name] for name in kept}, {name: after[name] for name in kept}


def in_words(
    ticket: Ticket, before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add what the keys of other rows stand for today: the history is read for years."""
    if "category_id" in after:
        sides = before["category_id"], after["category_id"]
        names = dict(Category.objects.filter(pk__in=sides).values_list("pk", "name"))
        before |= {"category": names[sides[0]]}
        after |= {"category": names[sides[1]]}
    if ticket.merged_into and "merged_into_id" in after:
        after |= {"merged_into": ticket.merged_into.reference}
    return before, after
