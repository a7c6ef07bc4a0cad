"""The closed lists of a theme: what it is, what silence means, who may do what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the requester does when she writes about a theme."""

    REQUEST = "request", _("demande")
    APPEAL = "appeal", _("recours")
    COMPLAINT = "complaint", _("réclamation")
    DECLARATION = "declaration", _("déclaration")
    INFORMATION = "information", _("information")


class Audience(models.TextChoices):
    """Whom a theme is for. The keys are those of the file of themes, kept as they are in the database."""

    STUDENT = "etudiant", _("étudiants")
    STAFF = "personnel", _("personnels de l’université")
    OUTSIDER = "exterieur", _("personnes extérieures")
    COMPANY = "entreprise", _("entreprises")
    ASSOCIATION = "association", _("associations")


class SilenceRule(models.TextChoices):
    """What the administration's silence means at the end of the delay (CRPA, L231-1 and L231-4)."""

    ACCEPTANCE = "acceptance", _("le silence vaut acceptation")
    REFUSAL = "refusal", _("le silence vaut rejet")
    NONE = "none", _("le silence ne vaut pas décision")


class StartEvent(models.TextChoices):
    """What starts the legal delay."""

    RECEPTION = "reception", _("réception de la demande")
    ARE_SENT = "are_sent", _("envoi de l’accusé de réception")
    COMPLETE_FILE = "complete_file", _("dossier complet")


class Recourse(models.TextChoices):
    """Where a refusal is contested."""

    ADMINISTRATIVE_COURT = "administrative_court", _("tribunal administratif")
    CADA = "cada", _("Commission d’accès aux documents administratifs (CADA)")
    CNIL = "cnil", _("Commission nationale de l’informatique et des libertés (CNIL)")
    RIGHTS_DEFENDER = "rights_defender", _("Défenseur des droits")


class AssignmentRule(models.TextChoices):
    """Who gets a request when it arrives."""

    NOBODY = "nobody", _("personne : la demande attend d’être prise")
    FIRST_AVAILABLE = "first_available", _("le premier gestionnaire disponible")
    IN_TURN = "in_turn", _("chacun son tour")
    LEAST_LOADED = "least_loaded", _("le gestionnaire le moins chargé")


class MailboxTold(models.TextChoices):
    """What the mailbox of the service is told of. Never what is written."""

    CREATION = "creation", _("les demandes qui arrivent ou que personne n’a en charge")
    ALL = "all", _("toutes les évolutions")
    NOTHING = "nothing", _("rien")


class TimeAsked(models.TextChoices):
    """Whether whoever closes a request says how long it took her."""

    NEVER = "never", _("non")
    OPTIONAL = "optional", _("oui, sans obligation")
    REQUIRED = "required", _("oui, obligatoirement")


class Priority(models.IntegerChoices):
    """How soon staff should look at a request. The requester never sees it."""

    LOW = 1, _("basse")
    NORMAL = 2, _("normale")
    HIGH = 3, _("haute")
    URGENT = 4, _("urgente")


class FaqAudience(models.TextChoices):
    """Who may read an answer of the questions."""

    EVERYBODY = "everybody", _("tout le monde")
    SIGNED_IN = "signed_in", _("les personnes connectées")
    THEME_USERS = "theme_users", _("celles à qui le thème s’adresse")
    HANDLERS = "handlers", _("les gestionnaires du thème")


class FeedbackKind(models.TextChoices):
    """What a reader said of an answer."""

    HELPFUL = "helpful", _("utile")
    UNHELPFUL = "unhelpful", _("pas utile")
    DEFLECTION = "deflection", _("a répondu à la place d’une demande")


class RoleKind(models.TextChoices):
    """What a member of staff may do on a theme and on what stands below it."""

    OBSERVER = "observer", _("observateur")
    HANDLER = "handler", _("gestionnaire")
    MANAGER = "manager", _("responsable")


# Each kind of role gives what the ones before it give.
ROLE_ORDER = (RoleKind.OBSERVER, RoleKind.HANDLER, RoleKind.MANAGER)


def at_least(kind: RoleKind) -> list[str]:
    """Return the kinds of role that give at least what `kind` gives."""
    return [str(role) for role in ROLE_ORDER[ROLE_ORDER.index(kind) :]]
