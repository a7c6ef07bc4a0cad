"""Take a role back, and hand over the requests it kept in somebody's hands: none is left to nobody."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from categories.absences import present
from categories.enums import RoleKind, at_least
from categories.models import Role
from categories.querysets import lineage_ids
from categories.roles import grant_role, people_on, revoke_role
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Ticket
from tickets.services.assigning import least_loaded
from tickets.services.given import Given
from tickets.services.moving import apply_transition


class Handing(StrEnum):
    """What becomes of the requests of somebody who leaves a theme."""

    COLLEAGUE = "colleague"
    SPREAD = "spread"
    RELEASE = "release"


@dataclass
class Report:
    """The requests given to somebody, and those freed: by choice, or because nobody could have them."""

    given: list[Ticket] = field(default_factory=list)
    freed: list[Ticket] = field(default_factory=list)


def held_through(role: Role) -> list[Ticket]:
    """Return the open requests in her charge which she may not handle without `role`, oldest first."""
    tickets = Ticket.objects.open().filter(assignee=role.user_id).order_by("pk")
    others = Role.objects.filter(user=role.user_id, kind__in=at_least(RoleKind.HANDLER)).exclude(pk=role.pk)
    kept: dict[int, bool] = {}
    for ticket in tickets:
        pk = ticket.category_id
        if pk not in kept:
            kept[pk] = others.filter(category_id__in=lineage_ids(pk)).exists()
    return [ticket for ticket in tickets if not kept[ticket.category_id]]


def colleagues_for(role: Role, tickets: list[Ticket]) -> list[User]:
    """Return, by name, those who may have each of `tickets` but the person who leaves."""
    shared: set[User] | None = None
    for pk in sorted({ticket.category_id for ticket in tickets}):
        people = set(people_on(pk).exclude(pk=role.user_id))
        shared = people if shared is None else shared & people
    return sorted(shared or set(), key=lambda person: (person.last_name, person.first_name, person.pk))


@transaction.atomic
def leave_theme(role: Role, handing: Handing, *, colleague: User | None = None) -> Report:
    """Take `role` back and hand each of its requests over as `handing` says; return what became of them.

    A request its new holder may not have (her own, say) is freed. Télé-demande is the author of the moves:
    whoever takes a role back has perhaps none herself. All of it is done, or none.
    """
    held, leaver = held_through(role), role.user
    revoke_role(role)  # first: whatever she takes from now on is refused
    return _hand_over(held, leaver, handing, colleague)


@transaction.atomic
def change_role(role: Role, kind: RoleKind) -> Report:
    """Give `role` another `kind`; what an observer may not keep is spread. Return what became of it."""
    held = [] if kind in at_least(RoleKind.HANDLER) else held_through(role)
    grant_role(role.user, role.category, kind)
    return _hand_over(held, role.user, Handing.SPREAD, None)


def _hand_over(held: list[Ticket], leaver: User, handing: Handing, colleague: User | None) -> Report:
    words = _("%(name)s ne gère plus ce thème.") % {"name": leaver}
    report = Report()
    for ticket in held:
        chosen = colleague if handing == Handing.COLLEAGUE else _least_loaded(handing, ticket, leaver)
        if chosen is not None and _is_given(ticket, chosen, words):
            report.given.append(ticket)
        else:
            apply_transition(ticket.pk, "release", actor=None, given=Given(message=words))
            report.freed.append(ticket)
    return report


def _least_loaded(handing: Handing, ticket: Ticket, leaver: User) -> User | None:
    if handing != Handing.SPREAD:
        return None
    people = list(present(people_on(ticket.category_id)).exclude(pk__in=(ticket.requester_id, leaver.pk)))
    return least_loaded(people, ticket) if people else None


def _is_given(ticket: Ticket, chosen: User, words: str) -> bool:
    try:
        apply_transition(ticket.pk, "assign", actor=None, given=Given(assignee=chosen, message=words))
    except MoveRefusedError:
        return False
    return True
