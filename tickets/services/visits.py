"""Keep which requests a person opened, and her bookmarks. None of it changes a request."""

from datetime import datetime, timedelta
from typing import Final

from accounts.models import User
from tickets.models import Ticket, Visit

# A page opened again within this time is the same visit, unless something was written meanwhile: reading a
# request writes nothing most of the time.
SAME_VISIT: Final = timedelta(minutes=10)


def last_visit(person: User, ticket: Ticket) -> Visit | None:
    """Return the visit of `person` to `ticket`, if she ever came."""
    return Visit.objects.filter(person=person, ticket=ticket).first()


def note_visit(person: User, ticket: Ticket, now: datetime) -> Visit:
    """Keep that `person` opened `ticket` at `now`; return her visit. One query, two when it is a new one."""
    visit = last_visit(person, ticket)
    if visit is not None and now - visit.at < SAME_VISIT and not visit.at < ticket.updated_at <= now:
        return visit
    bookmarked_at = visit.bookmarked_at if visit else None
    visit = Visit(person=person, ticket=ticket, at=now, bookmarked_at=bookmarked_at)
    Visit.objects.bulk_create(
        [visit], update_conflicts=True, unique_fields=["person", "ticket"], update_fields=["at"]
    )
    return visit


def set_bookmark(person: User, ticket: Ticket, *, is_on: bool, now: datetime) -> None:
    """Put the bookmark of `person` on `ticket`, or take it off; a second time changes nothing."""
    mine = Visit.objects.filter(person=person, ticket=ticket)
    if not is_on:
        mine.update(bookmarked_at=None)
    elif not mine.filter(bookmarked_at__isnull=False).exists():
        visit = Visit(person=person, ticket=ticket, at=now, bookmarked_at=now)
        Visit.objects.bulk_create(
            [visit],
            update_conflicts=True,
            unique_fields=["person", "ticket"],
            update_fields=["bookmarked_at"],
        )
