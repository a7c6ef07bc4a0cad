"""The closed lists of a form: what can be asked, how a condition compares, why a piece is asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """What can be asked."""

    SHORT_TEXT = "short_text", _("texte court")
    LONG_TEXT = "long_text", _("texte long")
    NUMBER = "number", _("nombre")
    DATE = "date", _("date")
    DATETIME = "datetime", _("date et heure")
    CHOICE = "choice", _("un choix dans une liste")
    SEVERAL = "several", _("plusieurs choix")
    YES_NO = "yes_no", _("oui ou non")
    URL = "url", _("adresse web")
    EMAIL = "email", _("adresse électronique")
    PHONE = "phone", _("téléphone")
    INE = "ine", _("numéro étudiant national (INE)")
    SIRET = "siret", _("numéro SIRET")
    RNA = "rna", _("numéro RNA d’une association")
    IBAN = "iban", _("compte bancaire (IBAN)")
    HEADING = "heading", _("intertitre")
    BLOCK = "block", _("bloc répété")


# What a condition may look at: kinds whose answer is one of a few.
CONTROLLING = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.YES_NO})
WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


class Operator(models.TextChoices):
    """How a condition looks at the answer of an earlier question."""

    IS = "is", _("la réponse est")
    IS_NOT = "is_not", _("la réponse n’est pas")
    ANSWERED = "answered", _("il y a une réponse")


class Requirement(models.TextChoices):
    """Why a piece is asked for."""

    LAW = "law", _("exigée par un texte")
    USEFUL = "useful", _("utile")


YES = "oui"
NO = "non"
