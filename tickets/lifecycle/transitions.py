"""The table of moves. Buttons, POST handling, admin actions, mail rules and tests are derived from it.

A line more makes tests fail until it has a mail rule, templates and a row in the table of permissions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from tickets.lifecycle import effects, permissions
from tickets.lifecycle.enums import OPEN, Status

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tickets.lifecycle.permissions import Predicate


class Ask(StrEnum):
    """What a move needs from the person. `REQUIRED_…` must be there, the others may."""

    MESSAGE = "message"
    REQUIRED_MESSAGE = "required_message"
    MESSAGE_OR_FILES = "message_or_files"
    FILES = "files"
    ASSIGNEE = "assignee"
    OUTCOME = "outcome"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Transition:
    """One move: where it starts, where it leads, who may make it, what it asks, what it is called.

    `slug` is its place in addresses. `target` None keeps the status, unless `effect` decides; `is_note` keeps
    its message for staff.
    """

    name: str
    slug: str
    sources: tuple[Status, ...]
    target: Status | None
    who: Predicate | None
    label: StrOrPromise
    past: StrOrPromise
    asks: tuple[Ask, ...] = ()
    prompt: StrOrPromise = ""
    effect: Callable[..., None] = effects.nothing
    is_note: bool = False
    is_legal: bool = False
    done: StrOrPromise = ""

    def starts_from(self, status: str) -> bool:
        """Whether the move may be made from `status`."""
        return status in self.sources

    def needs_page(self) -> bool:
        """Whether the move asks something, so that one click is not enough."""
        return bool(self.asks)


_ANY: Final = tuple(Status)

_TABLE: Final = (
    Transition(
        name="submit",
        slug="deposer",
        sources=(),
        target=Status.SUBMITTED,
        who=None,
        label=_("Déposer la demande"),
        past=_("Demande déposée"),
        is_legal=True,
        done=_("Votre demande est déposée."),
    ),
    Transition(
        name="take",
        slug="prendre-en-charge",
        sources=OPEN,
        target=None,
        who=permissions.colleague,
        effect=effects.take_charge,
        label=_("Prendre en charge"),
        past=_("Prise en charge"),
        done=_("Demande prise en charge."),
    ),
    Transition(
        name="assign",
        slug="confier",
        sources=OPEN,
        target=None,
        who=permissions.handler | permissions.system,
        effect=effects.hand_over,
        asks=(Ask.ASSIGNEE, Ask.MESSAGE),
        is_note=True,
        label=_("Confier à un collègue"),
        past=_("Confiée à un gestionnaire"),
        prompt=_("Note pour votre collègue (le demandeur ne la voit pas)"),
        done=_("Demande confiée."),
    ),
    Transition(
        name="release",
        slug="liberer",
        sources=(Status.IN_PROGRESS, Status.WAITING, Status.POSTPONED),
        target=Status.SUBMITTED,
        who=permissions.assignee | permissions.manager,
        effect=effects.let_go,
        asks=(Ask.MESSAGE,),
        is_note=True,
        label=_("Remettre à disposition"),
        past=_("Remise à disposition du service"),
        prompt=_("Note pour vos collègues (le demandeur ne la voit pas)"),
        done=_("Demande remise à disposition."),
    ),
    Transition(
        name="ask",
        slug="demander",
        sources=OPEN,
        target=Status.WAITING,
        who=permissions.assignee,
        asks=(Ask.REQUIRED_MESSAGE, Ask.FILES),
        label=_("Poser une question"),
        past=_("Question posée"),
        prompt=_(
            "Votre question (simple demande de renseignement : elle n’a pas d’effet sur les délais légaux)"
        ),
        done=_("Question envoyée au demandeur."),
    ),
    Transition(
        name="answer",
        slug="repondre",
        sources=(Status.WAITING,),
        target=Status.IN_PROGRESS,
        who=permissions.requester,
        asks=(Ask.MESSAGE_OR_FILES,),
        label=_("Répondre"),
        past=_("Réponse à la question"),
        prompt=_("Votre réponse"),
        done=_("Votre réponse est envoyée."),
    ),
    Transition(
        name="comment",
        slug="commenter",
        sources=_ANY,
        target=None,
        who=permissions.requester | permissions.handler,
        asks=(Ask.MESSAGE_OR_FILES,),
        label=_("Ajouter un message"),
        past=_("Message"),
        prompt=_("Votre message"),
        done=_("Votre message est ajouté."),
    ),
    Transition(
        name="note",
        slug="noter",
        sources=_ANY,
        target=None,
        who=permissions.writes_notes,
        asks=(Ask.MESSAGE_OR_FILES,),
        is_note=True,
        label=_("Ajouter une note interne"),
        past=_("Note interne"),
        prompt=_("Note interne (le demandeur ne la voit jamais)"),
        done=_("Note interne ajoutée."),
    ),
    Transition(
        name="close",
        slug="cloturer",
        sources=OPEN,
        target=Status.CLOSED,
        who=permissions.assignee,
        effect=effects.give_outcome,
        asks=(Ask.OUTCOME, Ask.REQUIRED_MESSAGE, Ask.FILES),
        label=_("Répondre et clôturer"),
        past=_("Demande traitée"),
        prompt=_("Réponse au demandeur"),
        is_legal=True,
        done=_("Demande clôturée ; le demandeur est invité à approuver la clôture."),
    ),
    Transition(
        name="refuse",
        slug="refuser",
        sources=OPEN,
        target=Status.REFUSED,
        who=permissions.assignee,
        asks=(Ask.REQUIRED_MESSAGE, Ask.FILES),
        label=_("Refuser"),
        past=_("Demande refusée"),
        prompt=_("Motifs du refus, en droit et en fait (CRPA, L211-5)"),
        is_legal=True,
        done=_("Demande refusée ; les motifs et les voies de recours sont envoyés au demandeur."),
    ),
    Transition(
        name="approve",
        slug="approuver",
        sources=(Status.CLOSED,),
        target=Status.APPROVED,
        who=permissions.requester,
        asks=(Ask.MESSAGE,),
        label=_("Oui, j’approuve la clôture"),
        past=_("Clôture approuvée"),
        prompt=_("Commentaire (facultatif)"),
        done=_("Vous avez approuvé la clôture. Merci."),
    ),
    Transition(
        name="contest",
        slug="contester",
        sources=(Status.CLOSED,),
        target=Status.IN_PROGRESS,
        who=permissions.requester,
        effect=effects.resume,
        asks=(Ask.REQUIRED_MESSAGE, Ask.FILES),
        label=_("Non, je conteste"),
        past=_("Clôture contestée"),
        prompt=_("Dites ce qui n’est pas réglé"),
        done=_("Votre contestation est enregistrée : le traitement reprend."),
    ),
    Transition(
        name="withdraw",
        slug="retirer",
        sources=OPEN,
        target=Status.CANCELLED,
        who=permissions.requester,
        asks=(Ask.MESSAGE,),
        label=_("Retirer ma demande"),
        past=_("Demande retirée"),
        prompt=_("Raison du retrait (facultative)"),
        done=_("Votre demande est retirée."),
    ),
)

TRANSITIONS: Final[dict[str, Transition]] = {transition.name: transition for transition in _TABLE}
BY_SLUG: Final[dict[str, Transition]] = {transition.slug: transition for transition in _TABLE}


def moves_open_to(standing: permissions.Standing, status: str) -> list[Transition]:
    """Return the moves somebody standing so may make on a request in `status`, in table order."""
    return [
        move
        for move in TRANSITIONS.values()
        if move.who is not None and move.starts_from(status) and move.who(standing)
    ]


def past_label(kind: str) -> Any:
    """Return what the timeline says of an event of this kind."""
    return TRANSITIONS[kind].past
