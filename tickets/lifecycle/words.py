"""How each move is said: its button, its line in the history, what it asks, what it answers once made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Words:
    """`label` is on the button, `past` in the history, `prompt` above the text, `done` confirms."""

    label: StrOrPromise
    past: StrOrPromise
    prompt: StrOrPromise = ""
    done: StrOrPromise = ""


WORDS: Final[dict[str, Words]] = {
    "submit": Words(
        label=_("Déposer la demande"), past=_("Demande déposée"), done=_("Votre demande est déposée.")
    ),
    "receive": Words(
        label=_("Recevoir une autre demande"),
        past=_("Autre demande jointe"),
        done=_("L’autre demande est jointe."),
    ),
    "lose": Words(
        label=_("Rendre une demande jointe"),
        past=_("Autre demande séparée"),
        done=_("L’autre demande est séparée."),
    ),
    "linked": Words(
        label=_("Recevoir un lien"), past=_("Reliée depuis une autre demande"), done=_("Demandes reliées.")
    ),
    "unlinked": Words(
        label=_("Perdre un lien"), past=_("Lien retiré depuis une autre demande"), done=_("Lien retiré.")
    ),
    "continues": Words(
        label=_("Faire suite à une demande"),
        past=_("Suite d’une demande terminée"),
        done=_("Les deux demandes sont reliées."),
    ),
    "continued": Words(
        label=_("Recevoir une suite"),
        past=_("Nouvelle demande pour la suite"),
        done=_("Les deux demandes sont reliées."),
    ),
    "link": Words(
        label=_("Relier"), past=_("Reliée"), done=_("Lien ajouté ; le demandeur n’en est pas prévenu.")
    ),
    "show_entry": Words(
        label=_("Signaler une question fréquente"),
        past=_("Question fréquente signalée"),
        prompt=_("Message au demandeur (facultatif)"),
        done=_("Question signalée au demandeur, qui la trouvera aussi sur la page de sa demande."),
    ),
    "publish_solution": Words(
        label=_("Proposer une solution aux questions fréquentes"),
        past=_("Solution proposée aux questions fréquentes"),
        done=_("Solution proposée : un responsable du thème la validera ou l’écartera."),
    ),
    "accept_solution": Words(
        label=_("Publier la solution"),
        past=_("Solution publiée dans les questions fréquentes"),
        done=_("Solution publiée dans les questions fréquentes du thème."),
    ),
    "decline_solution": Words(
        label=_("Écarter la solution"),
        past=_("Solution écartée"),
        prompt=_("Raison, pour votre collègue (le demandeur ne la voit pas)"),
        done=_("Solution écartée ; votre collègue est prévenu."),
    ),
    "unlink": Words(label=_("Retirer un lien"), past=_("Lien retiré"), done=_("Lien retiré.")),
    "take": Words(
        label=_("Prendre en charge"), past=_("Prise en charge"), done=_("Demande prise en charge.")
    ),
    "assign": Words(
        label=_("Confier à un collègue"),
        past=_("Confiée à un gestionnaire"),
        prompt=_("Note pour votre collègue (le demandeur ne la voit pas)"),
        done=_("Demande confiée."),
    ),
    "release": Words(
        label=_("Remettre à disposition"),
        past=_("Remise à disposition du service"),
        prompt=_("Note pour vos collègues (le demandeur ne la voit pas)"),
        done=_("Demande remise à disposition."),
    ),
    "ask": Words(
        label=_("Poser une question"),
        past=_("Question posée"),
        prompt=_(
            "Votre question (simple demande de renseignement : elle n’a pas d’effet sur les délais légaux)"
        ),
        done=_("Question envoyée au demandeur."),
    ),
    "ask_items": Words(
        label=_("Demander des pièces manquantes"),
        past=_("Pièces ou informations manquantes demandées"),
        prompt=_("Précisions pour le demandeur (facultatif)"),
        done=_("Demande de pièces envoyée au demandeur ; elle lui dit ce qui manque et jusqu’à quand."),
    ),
    "answer": Words(
        label=_("Répondre"),
        past=_("Réponse"),
        prompt=_("Votre réponse"),
        done=_("Votre réponse est envoyée."),
    ),
    "comment": Words(
        label=_("Ajouter un message"),
        past=_("Message"),
        prompt=_("Votre message"),
        done=_("Votre message est ajouté."),
    ),
    "count_answer": Words(
        label=_("Cette réponse vaut réponse à votre question"),
        past=_("Réponse par courriel prise en compte"),
        done=_("La réponse reçue par courriel est prise en compte."),
    ),
    "take_back": Words(
        label=_("Reprendre ma réponse"),
        past=_("Réponse reprise avant envoi"),
        done=_("Réponse reprise : le demandeur ne l’a pas vue et aucun courriel n’est parti."),
    ),
    "note": Words(
        label=_("Ajouter une note interne"),
        past=_("Note interne"),
        prompt=_("Note interne (le demandeur ne la voit jamais)"),
        done=_("Note interne ajoutée."),
    ),
    "postpone": Words(
        label=_("Reporter"),
        past=_("Traitement reporté"),
        prompt=_("Note pour vous et vos collègues (le demandeur ne la voit pas)"),
        done=_("Demande reportée ; elle reviendra d’elle-même au jour choisi."),
    ),
    "recall": Words(label=_("Reprendre maintenant"), past=_("Traitement repris"), done=_("Demande reprise.")),
    "move": Words(
        label=_("Changer de thème"),
        past=_("Transférée à un autre thème"),
        prompt=_("Raison du transfert (le demandeur ne la voit pas)"),
        done=_("Demande transférée."),
    ),
    "give_back": Words(
        label=_("Rendre à l’expéditeur"),
        past=_("Rendue à l’expéditeur"),
        prompt=_("Pourquoi vous la rendez (le demandeur ne le voit pas)"),
        done=_("Demande rendue à qui l’avait transférée."),
    ),
    "change_subject": Words(label=_("Changer l’objet"), past=_("Objet changé"), done=_("Objet changé.")),
    "change_priority": Words(
        label=_("Changer la priorité"), past=_("Priorité changée"), done=_("Priorité changée.")
    ),
    "merge": Words(
        label=_("Joindre à une autre demande"),
        past=_("Jointe à une autre demande"),
        done=_("Demande jointe ; vous pouvez les séparer pendant un jour."),
    ),
    "unmerge": Words(
        label=_("Séparer de l’autre demande"),
        past=_("Séparée de l’autre demande"),
        done=_("Demande séparée : elle se traite de nouveau à part."),
    ),
    "transmit": Words(
        label=_("Transmettre à une autre administration"),
        past=_("Transmise à une autre administration"),
        prompt=_("Message au demandeur : pourquoi cette administration est compétente (CRPA, L114-2)"),
        done=_("Demande transmise ; le demandeur est prévenu."),
    ),
    "unreached": Words(
        label=_("Signaler un courriel non remis"),
        past=_("Un courriel au demandeur n’est pas arrivé : à joindre autrement"),
        done=_("Courriel non remis signalé."),
    ),
    "reach": Words(
        label=_("Joindre l’usager autrement"),
        past=_("Usager joint autrement"),
        prompt=_("Ce qui a été fait (appel, courrier, guichet), et quand"),
        done=_("C’est noté : la demande n’est plus à joindre autrement."),
    ),
    "report_abuse": Words(
        label=_("Signaler un abus"),
        past=_("Signalée abusive"),
        prompt=_("Raison du signalement : un responsable se prononcera (CRPA, L112-11)"),
        done=_("Signalement transmis aux responsables du thème."),
    ),
    "confirm_abuse": Words(
        label=_("Confirmer l’abus"),
        past=_("Abus confirmé"),
        prompt=_("Raison de la confirmation"),
        done=_("Abus confirmé. Rien n’est effacé."),
    ),
    "clear_abuse": Words(
        label=_("Écarter le signalement"),
        past=_("Signalement d’abus écarté"),
        prompt=_("Raison"),
        done=_("Signalement écarté."),
    ),
    "take_and_ask": Words(
        label=_("Prendre en charge et poser une question"),
        past=_("Prise en charge, question posée"),
        prompt=_(
            "Votre question (simple demande de renseignement : elle n’a pas d’effet sur les délais légaux)"
        ),
        done=_("Demande prise en charge, question envoyée au demandeur."),
    ),
    "take_and_close": Words(
        label=_("Prendre en charge, répondre et clôturer"),
        past=_("Prise en charge, demande traitée"),
        prompt=_("Réponse au demandeur"),
        done=_("Demande prise en charge et clôturée ; le demandeur est invité à approuver la clôture."),
    ),
    "close": Words(
        label=_("Répondre et clôturer"),
        past=_("Demande traitée"),
        prompt=_("Réponse au demandeur"),
        done=_("Demande clôturée ; le demandeur est invité à approuver la clôture."),
    ),
    "refuse": Words(
        label=_("Refuser"),
        past=_("Demande refusée"),
        prompt=_("Motifs du refus, en droit et en fait (CRPA, L211-5)"),
        done=_("Demande refusée ; les motifs et les voies de recours sont envoyés au demandeur."),
    ),
    "approve": Words(
        label=_("Oui, j’approuve la clôture"),
        past=_("Clôture approuvée"),
        prompt=_("Commentaire (facultatif)"),
        done=_("Vous avez approuvé la clôture. Merci."),
    ),
    "contest": Words(
        label=_("Non, je conteste"),
        past=_("Clôture contestée"),
        prompt=_("Dites ce qui n’est pas réglé"),
        done=_("Votre contestation est enregistrée : le traitement reprend."),
    ),
    "remind": Words(
        label=_("Rappeler"),
        past=_("Rappel : clôture à approuver ou à contester"),
        done=_("Le demandeur est rappelé."),
    ),
    "remind_answer": Words(
        label=_("Rappeler la question"),
        past=_("Rappel : réponse attendue"),
        done=_("La question est rappelée au demandeur."),
    ),
    "expire": Words(label=_("Clore tacitement"), past=_("Clôture tacite"), done=_("La clôture est tacite.")),
    "settle": Words(
        label=_("Ma demande est résolue"),
        past=_("Demande résolue, dit le demandeur"),
        prompt=_("Commentaire (facultatif)"),
        done=_("Votre demande est terminée. Merci de nous l’avoir dit."),
    ),
    "reopen": Words(
        label=_("Rouvrir la demande"),
        past=_("Demande rouverte"),
        prompt=_("Dites pourquoi la demande doit reprendre"),
        done=_("Demande rouverte : le traitement reprend."),
    ),
    "invite": Words(
        label=_("Inviter une personne"),
        past=_("Personne invitée"),
        done=_("Personne invitée ; elle reçoit un courriel."),
    ),
    "uninvite": Words(
        label=_("Retirer une personne invitée"),
        past=_("Personne invitée retirée"),
        done=_("Cette personne ne voit plus la demande."),
    ),
    "leave": Words(
        label=_("Ne plus suivre cette demande"),
        past=_("Une personne invitée ne suit plus la demande"),
        done=_("Vous ne suivez plus cette demande."),
    ),
    "change_requester": Words(
        label=_("Changer le demandeur"),
        past=_("Demandeur changé"),
        prompt=_("Raison du changement (le demandeur ne la voit pas)"),
        done=_("Le demandeur a changé ; l’ancien et le nouveau sont prévenus."),
    ),
    "admin_access": Words(
        label=_("Lire une demande confidentielle"),
        past=_("Lecture ouverte à un administrateur, pour une heure"),
        prompt=_("Raison de l’accès"),
        done=_("Lecture ouverte pour une heure ; les responsables du thème sont prévenus."),
    ),
    "withdraw_file": Words(
        label=_("Retirer un fichier"),
        past=_("Fichier retiré par son auteur"),
        done=_("Votre fichier est retiré : son contenu est effacé."),
    ),
    "withdraw": Words(
        label=_("Retirer ma demande"),
        past=_("Demande retirée"),
        prompt=_("Raison du retrait (facultative)"),
        done=_("Votre demande est retirée."),
    ),
}
