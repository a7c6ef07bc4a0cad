"""The closed lists of a request, and the words the requester reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a request is in its life. Labels are those of the staff."""

    SUBMITTED = "submitted", _("déposée (libre)")
    IN_PROGRESS = "in_progress", _("en cours")
    WAITING = "waiting", _("en attente du demandeur")
    POSTPONED = "postponed", _("reportée")
    CLOSED = "closed", _("clôturée, à approuver")
    APPROVED = "approved", _("clôture approuvée")
    EXPIRED = "expired", _("clôture tacite")
    REFUSED = "refused", _("refusée")
    CANCELLED = "cancelled", _("retirée par le demandeur")
    TRANSMITTED = "transmitted", _("transmise à une autre administration")
    MERGED = "merged", _("jointe à une autre demande")


OPEN = (Status.SUBMITTED, Status.IN_PROGRESS, Status.WAITING, Status.POSTPONED)
FINAL = (
    Status.APPROVED,
    Status.EXPIRED,
    Status.REFUSED,
    Status.CANCELLED,
    Status.TRANSMITTED,
    Status.MERGED,
)

# The requester is expected: to answer, or to approve or contest.
EXPECTING_REQUESTER = (Status.WAITING, Status.CLOSED)

REQUESTER_LABELS = {
    Status.SUBMITTED: _("Reçue, en attente de prise en charge"),
    Status.IN_PROGRESS: _("En cours de traitement"),
    Status.WAITING: _("Votre réponse est attendue"),
    Status.POSTPONED: _("En cours de traitement"),
    Status.CLOSED: _("Traitée : approuvez-vous la clôture ?"),
    Status.APPROVED: _("Terminée, clôture approuvée"),
    Status.EXPIRED: _("Terminée, clôture non contestée dans le délai"),
    Status.REFUSED: _("Refusée"),
    Status.CANCELLED: _("Retirée"),
    Status.TRANSMITTED: _("Transmise à une autre administration"),
    Status.MERGED: _("Jointe à une autre demande"),
}

# What happens next, in one sentence, for somebody who knows nothing of the procedure.
NEXT_STEPS = {
    Status.SUBMITTED: _(
        "Votre demande est bien arrivée. Un gestionnaire va la prendre en charge ; vous n’avez rien à faire. "
        "Vous recevrez un courriel à chaque étape."
    ),
    Status.IN_PROGRESS: _(
        "Un gestionnaire étudie votre demande. Vous n’avez rien à faire ; "
        "vous recevrez un courriel à chaque étape."
    ),
    Status.WAITING: _("Le gestionnaire vous a posé une question. Votre demande reprendra dès votre réponse."),
    Status.POSTPONED: _(
        "Le traitement de votre demande reprendra plus tard. Vous n’avez rien à faire pour le moment."
    ),
    Status.CLOSED: _(
        "L’université a répondu et considère votre demande comme traitée. "
        "Dites-nous si vous approuvez cette clôture ou si vous la contestez."
    ),
    Status.APPROVED: _("Vous avez approuvé la clôture. Cette demande est terminée."),
    Status.EXPIRED: _("La clôture n’a pas été contestée dans le délai. Cette demande est terminée."),
    Status.REFUSED: _("L’université a refusé votre demande ; les motifs figurent ci-dessous."),
    Status.CANCELLED: _("Vous avez retiré cette demande. Elle ne sera pas traitée."),
    Status.TRANSMITTED: _("Votre demande a été transmise à l’administration compétente."),
    Status.MERGED: _("Votre demande est suivie avec une autre de vos demandes."),
}


class Outcome(models.TextChoices):
    """What came of a closed request."""

    ACCEPTED = "accepted", _("acceptée")
    PARTLY_ACCEPTED = "partly_accepted", _("partiellement acceptée")
    INFORMED = "informed", _("information donnée")
    POINTLESS = "pointless", _("sans objet")


class Satisfaction(models.IntegerChoices):
    """What the requester thinks of the service, when she wants to say it."""

    VERY_POOR = 1, _("1 – pas du tout satisfait")
    POOR = 2, _("2 – peu satisfait")
    FAIR = 3, _("3 – moyennement satisfait")
    GOOD = 4, _("4 – satisfait")
    VERY_GOOD = 5, _("5 – très satisfait")


class Abuse(models.TextChoices):
    """Whether a sending is abusive or dangerous (CRPA, L112-11). It changes no status; nothing is deleted."""

    REPORTED = "reported", _("signalée abusive")
    CONFIRMED = "confirmed", _("abus confirmé")


class Channel(models.TextChoices):
    """How a request reached the university."""

    WEB = "web", _("télé-service")
    COUNTER = "counter", _("guichet")
    POST = "post", _("courrier")
    PHONE = "phone", _("téléphone")
    MAIL = "mail", _("courriel")
