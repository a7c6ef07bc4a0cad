"""Why a move is refused: named errors, each with its French sentence for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MoveRefusedError(Exception):
    """A move that may not be made. `str(error)` is the sentence shown."""

    sentence: StrOrPromise = _("Cette action n’est pas possible.")

    def __init__(self, sentence: StrOrPromise | None = None) -> None:
        super().__init__(sentence or self.sentence)

    def __str__(self) -> str:
        return str(self.args[0])


class WrongStatusError(MoveRefusedError):
    """The request is no longer where the move starts from: somebody acted meanwhile."""

    sentence = _("La demande a changé entre-temps : cette action n’est plus possible. Rien n’a été modifié.")


class NotAllowedError(MoveRefusedError):
    """The person may not make this move."""

    sentence = _("Vous ne pouvez pas faire cette action sur cette demande.")


class MissingInputError(MoveRefusedError):
    """Something the move asks for is absent."""

    sentence = _("Il manque une information pour faire cette action.")


class TooManyActsError(MoveRefusedError):
    """The requester acts faster than a person does."""

    sentence = _(
        "Vous avez fait beaucoup d’actions en une heure : recommencez plus tard. Votre texte est conservé."
    )


class UnsuitableAssigneeError(MoveRefusedError):
    """The person designated may not handle this theme, or made the request herself."""

    sentence = _("Cette personne ne gère pas ce thème : choisissez un gestionnaire de la liste.")
