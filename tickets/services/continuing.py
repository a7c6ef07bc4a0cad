"""A request that follows an ended one, once it is too late to reopen: linked when filed."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from categories.models import Category
from categories.places import replacement_of
from teledemande.french_dates import day_words
from tickets.lifecycle.guards import may_reopen_until
from tickets.lifecycle.refusals import NotAllowedError, TooEarlyError
from tickets.lifecycle.transitions import CONTINUED, CONTINUES, TRANSITIONS
from tickets.models import Draft, LinkKind, Ticket, TicketLink
from tickets.services.drafts import keep_draft
from tickets.services.limits import hold_sender
from tickets.services.recording import record_aside


def theme_to_continue(ticket: Ticket) -> Category | None:
    """Return the theme of what follows `ticket`: its own, or what replaced it; None when it closed."""
    if ticket.category.takes_requests():
        return ticket.category
    replacement = replacement_of(ticket.category.slug)
    return replacement if replacement and replacement.takes_requests() else None


def may_continue(ticket: Ticket, person: User, now: datetime) -> bool:
    """Whether `person` may only file a new request to go on: hers, ended, and too old to be reopened."""
    is_ended = ticket.status in TRANSITIONS["reopen"].sources and ticket.ended_at is not None
    is_hers = ticket.requester_id == person.pk
    return is_hers and is_ended and now > may_reopen_until(ticket.ended_at)  # type: ignore[arg-type]


@transaction.atomic
def begin_follow_up(ticket: Ticket, person: User) -> Draft:
    """Return the draft of the request of `person` that follows `ticket`; the one begun already, if any.

    Its subject and the first line of its text are written for her. Raises NotAllowedError, TooEarlyError; a
    theme that takes no request raises Category.DoesNotExist.
    """
    if ticket.requester_id != person.pk:
        raise NotAllowedError
    if not may_continue(ticket, person, timezone.now()):
        raise TooEarlyError
    hold_sender(person)  # two clicks at once begin one draft
    if begun := Draft.objects.filter(owner=person, follows=ticket).select_related("category").first():
        return begun
    category = theme_to_continue(ticket)
    if category is None:
        raise Category.DoesNotExist
    values = {"subject": ticket.subject, "message": first_line(ticket)}
    draft = keep_draft(uuid4(), owner=person, category=category, values=values)
    draft.follows = ticket
    draft.save(update_fields=["follows"])
    return draft


def first_line(ticket: Ticket) -> str:
    """Return how the words of a request that follows `ticket` begin."""
    words = {"reference": ticket.reference, "day": day_words(ticket.submitted_at)}
    return _("Suite de la demande n° %(reference)s, déposée le %(day)s.") % words + "\n\n"


def link_to_former(ticket: Ticket, former_pk: int, at: datetime) -> None:
    """Link `ticket`, just filed, to the request it follows, with an event on each.

    A request that has changed hands since is left alone: it is no more hers.
    """
    rows = Ticket.objects.select_for_update(of=("self",), no_key=True)
    former = rows.filter(pk=former_pk, requester=ticket.requester_id).first()
    if former is None:
        return
    TicketLink.objects.create(
        ticket=ticket, other=former, kind=LinkKind.FOLLOW_UP, by=ticket.requester, at=at
    )
    _tell(ticket, CONTINUES, former, at)
    _tell(former, CONTINUED, ticket, at)


def _tell(ticket: Ticket, kind: str, other: Ticket, at: datetime) -> None:
    record_aside(ticket, kind, actor=ticket.requester, told={"linked_id": other.pk}, at=at)
