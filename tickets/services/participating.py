"""Seat and unseat the people invited to a request, inside the move that says so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from accounts.addresses import UnusableAddress, normalise
from accounts.models import User, cas_identity, mail_identity
from categories.enums import RoleKind
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import (
    GuestThereError,
    NotAllowedError,
    TooManyGuestsError,
    UnsuitableGuestError,
)
from tickets.models import Participant, Ticket
from tickets.services.given import Given

GUESTS_MAX: Final = 10


def seat_changes(
    name: str, ticket: Ticket, actor: User | None, given: Given, now: datetime
) -> dict[str, Any]:
    """Write what the move `name` changes among the people invited to the locked `ticket`.

    Returns what the event keeps of it: the key of the row, never the address, which may have to be erased.
    Raises GuestThereError, TooManyGuestsError, UnsuitableGuestError, NotAllowedError.
    """
    change = _CHANGES.get(name)
    if change is None or actor is None:
        return {}
    guest = change(ticket, actor, given, now)
    return {"guest_id": guest.pk} if guest else {}


def account_of(email: str) -> User | None:
    """Return the active account a normalised address names: a local one, else the only CAS one, or None."""
    local = User.objects.filter(identity=mail_identity(email), is_active=True).first()
    if local is not None:
        return local
    cas = list(User.objects.filter(email__iexact=email, identity__startswith="cas:", is_active=True)[:2])
    return cas[0] if len(cas) == 1 else None


def account_named(name: str) -> User | None:
    """Return the active account of that CAS login, or of that address, or None."""
    if "@" not in name:
        return User.objects.filter(identity=cas_identity(name), is_active=True).first()
    try:
        return account_of(normalise(name))
    except UnusableAddress:
        return None


def _invite(ticket: Ticket, actor: User, given: Given, now: datetime) -> Participant:
    email = _normalised(given.email)
    person = account_of(email)
    seated = list(ticket.participants.current())
    if any(email == one.email or (person and one.user_id == person.pk) for one in seated):
        raise GuestThereError
    if len(seated) >= GUESTS_MAX:
        raise TooManyGuestsError
    requester = ticket.requester
    if person == requester or email == requester.email.lower():
        raise GuestThereError
    language = person.language if person else actor.language
    return Participant.objects.create(
        ticket=ticket, user=person, email=email, language=language, invited_by=actor, at=now
    )


def _normalised(email: str) -> str:
    try:
        return normalise(email)
    except UnusableAddress as error:
        raise UnsuitableGuestError from error


def _uninvite(ticket: Ticket, actor: User, given: Given, now: datetime) -> Participant:
    guest = given.guest
    if guest is None or guest.ticket_id != ticket.pk:
        raise UnsuitableGuestError
    if actor.pk != guest.invited_by_id and not _answers_for(actor, ticket):
        raise NotAllowedError
    return _unseat(guest, now)


def _answers_for(actor: User, ticket: Ticket) -> bool:
    standing = standing_of(actor, ticket)
    return standing.is_requester or standing.has(RoleKind.MANAGER)


def _leave(ticket: Ticket, actor: User, given: Given, now: datetime) -> Participant:
    guest = ticket.participants.of(actor).first()
    if guest is None:
        raise NotAllowedError
    return _unseat(guest, now)


def _unseat(guest: Participant, now: datetime) -> Participant:
    # The request is locked, its guests with it: what is seated now is seated until the commit.
    if not Participant.objects.current().filter(pk=guest.pk).update(left_at=now):
        raise UnsuitableGuestError
    return guest


def _make_room_for_requester(ticket: Ticket, actor: User, given: Given, now: datetime) -> Participant | None:
    """End the invitation of whoever has just become the requester, if she had one."""
    guest = ticket.participants.of(ticket.requester).first()
    return _unseat(guest, now) if guest else None


_CHANGES: Final[dict[str, Callable[[Ticket, User, Given, datetime], Participant | None]]] = {
    "invite": _invite,
    "uninvite": _uninvite,
    "leave": _leave,
    "change_requester": _make_room_for_requester,
}
