"""What you may do: predicates over how a person stands towards a request. Nothing else decides.

A predicate is a value: `requester | assignee` is one too. Views, buttons, the admin and the one function
that moves requests ask the same predicates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from categories.enums import ROLE_ORDER, RoleKind
from categories.roles import role_on

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models import Ticket


@dataclass(frozen=True)
class Standing:
    """How one person stands towards one request, or the service itself. Nobody handles her own request."""

    is_system: bool = False
    is_administrator: bool = False  # without a role: of a confidential theme
    is_requester: bool = False
    is_participant: bool = False
    is_assignee: bool = False
    role: RoleKind | None = None

    @property
    def is_outside(self) -> bool:
        """Whether she comes from the requester's side, and no role makes her staff."""
        return self.is_requester or (self.is_participant and self.role is None)

    @property
    def on_her_side(self) -> Standing:
        """What is left of this on the requester's pages: staff act in the workbench."""
        return Standing(is_requester=self.is_requester, is_participant=self.is_participant)

    def has(self, kind: RoleKind) -> bool:
        """Whether the role held on the theme gives at least `kind`."""
        return self.role is not None and ROLE_ORDER.index(self.role) >= ROLE_ORDER.index(kind)


def standing_of(user: User | None, ticket: Ticket) -> Standing:
    """Return how `user` stands towards `ticket`: none for its requester, one or two queries for the others.

    None is Télé-demande acting by itself: nobody who asks through a page is None. Whoever handles the theme
    stands by her role alone, even when she was invited.
    """
    if user is None:
        return Standing(is_system=True)
    if ticket.requester_id == user.pk:
        return Standing(is_requester=True)
    role = role_on(user, ticket.category_id) if user.is_staff and user.is_active else None
    standing = Standing(is_assignee=role is not None and ticket.assignee_id == user.pk, role=role)
    if standing.has(RoleKind.HANDLER) or not user.is_active:
        return standing
    return replace(
        standing,
        is_participant=ticket.participants.of(user).exists(),
        is_administrator=user.is_superuser and role is None,
    )


@dataclass(frozen=True)
class Predicate:
    """A named condition on a Standing."""

    name: str
    test: Callable[[Standing], bool]

    def __call__(self, standing: Standing) -> bool:
        return self.test(standing)

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(f"{self.name} ou {other.name}", lambda standing: self(standing) or other(standing))

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(f"{self.name} et {other.name}", lambda standing: self(standing) and other(standing))


system = Predicate("Télé-demande", lambda standing: standing.is_system)
requester = Predicate("demandeur", lambda standing: standing.is_requester)
participant = Predicate("personne invitée", lambda standing: standing.is_participant)
assignee = Predicate(
    "gestionnaire en charge", lambda standing: standing.is_assignee and standing.has(RoleKind.HANDLER)
)
colleague = Predicate(
    "gestionnaire qui ne l’a pas en charge",
    lambda standing: standing.has(RoleKind.HANDLER) and not standing.is_assignee,
)
observer = Predicate("observateur", lambda standing: standing.has(RoleKind.OBSERVER))
handler = Predicate("gestionnaire", lambda standing: standing.has(RoleKind.HANDLER))
manager = Predicate("responsable", lambda standing: standing.has(RoleKind.MANAGER))

# Where she has no role, not even that of an administrator: the theme is confidential.
administrator = Predicate("administrateur sans rôle", lambda standing: standing.is_administrator)

sees_internal = observer
writes_notes = handler
