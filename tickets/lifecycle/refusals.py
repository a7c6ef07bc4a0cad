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


class NewsError(MoveRefusedError):
    """Somebody else acted since the form was shown: staff read it before their words leave."""

    sentence = _(
        "La demande a reçu du nouveau pendant que vous écriviez : lisez-le ci-dessous, puis envoyez "
        "ou corrigez votre texte. Rien n’est parti."
    )


class NotAllowedError(MoveRefusedError):
    """The person may not make this move."""

    sentence = _("Vous ne pouvez pas faire cette action sur cette demande.")


class AlreadyYoursError(NotAllowedError):
    """The person already has the request she takes."""

    sentence = _("Vous avez déjà cette demande en charge.")


class TakenError(MoveRefusedError):
    """Somebody else became the assignee since the page was shown: the sentence says who, and when."""

    sentence = _("Une autre personne a pris cette demande en charge entre-temps. Rien n’a été modifié.")


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


class UnsuitableThemeError(MoveRefusedError):
    """The theme designated takes no request."""

    sentence = _("Ce thème ne reçoit pas de demandes : choisissez-en un autre.")


class SameThemeError(MoveRefusedError):
    """The request is already under the theme designated."""

    sentence = _("La demande est déjà sous ce thème : choisissez-en un autre.")


class ConfidentialThemeError(MoveRefusedError):
    """A handler may not take a request out of a confidential theme."""

    sentence = _("Ce thème est confidentiel : seul un de ses responsables peut en sortir une demande.")


class NoSenderError(MoveRefusedError):
    """Nobody moved the request here."""

    sentence = _("Personne ne vous a transféré cette demande : choisissez son thème.")


class UnsuitableRequestError(MoveRefusedError):
    """The request designated cannot take another one."""

    sentence = _(
        "Cette demande ne peut pas en recevoir une autre : indiquez le numéro d’une demande en cours "
        "du même demandeur, que vous pouvez traiter."
    )


class ConfidentialGuestError(MoveRefusedError):
    """A handler may invite nobody to a confidential request."""

    sentence = _(
        "Ce thème est confidentiel : seuls le demandeur et un responsable peuvent inviter quelqu’un."
    )


class GuestThereError(MoveRefusedError):
    """The address is that of somebody who follows the request already."""

    sentence = _("La personne qui a cette adresse suit déjà la demande.")


class TooManyGuestsError(MoveRefusedError):
    """The request has as many guests as it may."""

    sentence = _("Dix personnes au plus peuvent être invitées : retirez-en une avant d’en inviter une autre.")


class UnsuitableGuestError(MoveRefusedError):
    """The person designated is not invited, or her address is no address."""

    sentence = _("Cette personne n’est pas, ou n’est plus, invitée à suivre la demande.")


class UnsuitableRequesterError(MoveRefusedError):
    """The person designated cannot become the requester."""

    sentence = _(
        "Cette personne ne peut pas devenir le demandeur : choisissez quelqu’un d’autre que vous et que le "
        "demandeur actuel, dont le compte est ouvert."
    )


class UnsuitableLinkError(MoveRefusedError):
    """The request or the link designated does not exist, or is not hers to read."""

    sentence = _("Indiquez le numéro d’une autre demande que vous pouvez lire.")


class UnsuitableEntryError(MoveRefusedError):
    """The question designated is published no more, or its reader may not read it."""

    sentence = _("Cette question n’est pas, ou n’est plus, lisible : choisissez-en une autre.")


class AlreadyLinkedError(MoveRefusedError):
    """The link exists."""

    sentence = _("Ce lien existe déjà.")


class ConfidentialSolutionError(MoveRefusedError):
    """Nothing of a confidential theme is published."""

    sentence = _("Ce thème est confidentiel : rien de ses demandes ne se publie.")


class AlreadyProposedError(MoveRefusedError):
    """A proposal drawn from the request waits for a manager."""

    sentence = _("Une solution tirée de cette demande attend déjà qu’un responsable la valide.")


class NotProposedError(MoveRefusedError):
    """No proposal waits, or another manager has judged it."""

    sentence = _("Aucune solution tirée de cette demande n’attend, ou un responsable s’est déjà prononcé.")


class PersonalDataError(MoveRefusedError):
    """The text to publish still holds something of a person."""

    sentence = _("Votre texte dit encore quelque chose d’une personne.")


class TooLateError(MoveRefusedError):
    """The time for this move is over."""

    sentence = _("Le délai pour faire cette action est passé.")


class TooEarlyError(MoveRefusedError):
    """The time for this move has not come."""

    sentence = _("Il est trop tôt pour faire cette action.")


class BadDateError(MoveRefusedError):
    """The day given is not one of those asked for."""

    sentence = _("Choisissez un jour à venir, dans un an au plus.")


class BadDeadlineError(MoveRefusedError):
    """The day given to send what is missing leaves too little time, or too much."""

    sentence = _("Laissez au moins quinze jours au demandeur, et un an au plus.")


class UnsuitableItemError(MoveRefusedError):
    """What is said to be supplied is not expected, or not any more."""

    sentence = _(
        "Ce qui est encore attendu a changé entre-temps : relisez la liste, puis envoyez votre réponse. "
        "Rien n’est parti."
    )


class NoMailAnswerError(MoveRefusedError):
    """Nothing came by mail since the question, or it was counted already."""

    sentence = _(
        "Aucune réponse par courriel n’attend d’être prise en compte : elle l’est peut-être déjà. Relisez la "
        "demande."
    )


class FileOpenedError(MoveRefusedError):
    """Somebody opened the file: it has been read, and stays."""

    sentence = _("Ce fichier ne peut plus être retiré : quelqu’un l’a déjà ouvert, ou il est déjà retiré.")


class DoubtError(MoveRefusedError):
    """The words say the contrary of the button: the person is asked again."""

    sentence = _(
        "Votre message semble dire que votre demande n’est pas entièrement traitée. "
        "Si elle l’est, confirmez-le ci-dessous ; sinon, contestez la clôture ou ajoutez un message."
    )


class UnreachedError(MoveRefusedError):
    """It is known already that mails do not reach the requester."""

    sentence = _("Il est déjà demandé de joindre l’usager autrement.")


class ReachedError(MoveRefusedError):
    """There is nobody to reach otherwise, or a colleague has just done so."""

    sentence = _("Rien ne demande de joindre l’usager autrement, ou un collègue vient de le faire.")


class AlreadyReportedError(MoveRefusedError):
    """The sending is flagged already."""

    sentence = _("Cette demande est déjà signalée.")


class NotReportedError(MoveRefusedError):
    """Nobody reported the sending, or a manager has already judged."""

    sentence = _("Cette demande n’est pas signalée, ou un responsable s’est déjà prononcé.")


class AlreadyGoneError(MoveRefusedError):
    """The answer to take back has left, or was taken back already."""

    sentence = _(
        "Votre réponse est déjà partie : le demandeur peut la lire, et rien n’est changé. Si elle "
        "contient une erreur, envoyez un nouveau message pour la corriger."
    )


class OvertakenError(MoveRefusedError):
    """Somebody acted on the request since the question was asked."""

    sentence = _(
        "Quelqu’un a agi sur la demande depuis votre question : elle ne peut plus être reprise et part comme "
        "prévu."
    )
