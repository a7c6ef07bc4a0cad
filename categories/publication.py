"""What the receipt of a theme's requests would lack: while something is missing, the theme is not published.

The acknowledgement of a request names the service, its electronic and postal addresses and its telephone
(CRPA, R112-11-1, 1°); for a request, what silence means, when, and how to contest a refusal (2° and 3°). The
last day of the silence is no field: it is counted from the months and from what starts them.

A declaration or a piece of information asks for no decision, and what staff ask as staff stands outside the
frame (L112-7): for both, the service alone. A request whose silence means nothing (« aucune » in the file of
themes: an attestation of an acceptance already there, a right of the GDPR whose text sets a delay of its
own) is published if a text says so: its legal basis.
"""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from categories.appeals import NOTICES
from categories.enums import Kind, SilenceRule, StartEvent

ASKS_FOR_A_DECISION: Final = (Kind.REQUEST, Kind.APPEAL, Kind.COMPLAINT)


@dataclass(frozen=True)
class MissingMention:
    """One mention the receipt would lack: the field of the theme it comes from, its name, what to do."""

    field: str
    name: object
    sentence: object


_SERVICE: Final = (
    ("name", _("nom du service"), _("Le nom du service manque : complétez la fiche du service.")),
    (
        "postal_address",
        _("adresse postale du service"),
        _("L’adresse postale du service manque : complétez la fiche du service."),
    ),
    (
        "email",
        _("adresse électronique du service"),
        _("L’adresse électronique du service manque : complétez la fiche du service."),
    ),
    (
        "phone",
        _("téléphone du service"),
        _("Le téléphone du service manque : complétez la fiche du service."),
    ),
)
STILL_NEEDED: Final = _(
    "Des thèmes publiés portent cette mention dans leurs accusés de réception : elle ne peut pas être vide."
)
_NO_SERVICE: Final = MissingMention(
    "service", _("service"), _("L’accusé de réception nomme le service : choisissez-le.")
)
_NO_RULE: Final = MissingMention(
    "silence_rule",
    _("sens du silence"),
    _("Dites ce que signifie le silence de l’université, ou indiquez le texte qui l’écarte."),
)
_NO_MONTHS: Final = MissingMention(
    "silence_months",
    _("délai du silence"),
    _("Indiquez le délai en mois au bout duquel le silence vaut décision."),
)
_NO_START: Final = MissingMention(
    "start_event", _("départ du délai"), _("Dites ce qui fait partir le délai du silence.")
)
_NO_BASIS: Final = MissingMention(
    "legal_basis",
    _("fondement juridique"),
    _("Indiquez le texte qui fixe le régime du silence."),
)
_NO_RECOURSE: Final = MissingMention(
    "recourse", _("voie de recours"), _("Dites devant qui se conteste un refus.")
)


def missing_mentions(category):
    """Return the MissingMention of the theme `category`, in the order of the text; none for a branch.

    One query at most: its service.
    """
    if not category.is_leaf:
        return []
    found = missing_of_service(category.service) if category.service_id else [_NO_SERVICE]
    if category.is_sve and category.kind in ASKS_FOR_A_DECISION:
        found += _missing_of_regime(category)
    return found


def missing_of_service(service):
    """Return the MissingMention of a `service`: each stands at the field « service » of its themes."""
    return [
        MissingMention("service", name, sentence)
        for field, name, sentence in _SERVICE
        if not str(getattr(service, field)).strip()
    ]


def _missing_of_regime(category):
    has_basis = bool(category.legal_basis.strip())
    if category.silence_rule not in SilenceRule.values:
        return [_NO_RULE]
    if category.silence_rule == SilenceRule.NONE:
        return [] if has_basis else [_NO_RULE]
    checks = (
        (category.silence_months, _NO_MONTHS),
        (category.start_event in StartEvent.values, _NO_START),
        (has_basis, _NO_BASIS),
        (category.recourse in NOTICES, _NO_RECOURSE),
    )
    return [mention for is_there, mention in checks if not is_there]


def check_publication(category):
    """Raise ValidationError, at the fields to complete, if `category` is published and lacks a mention."""
    if not category.is_published:
        return
    errors = {}
    for mention in missing_mentions(category):
        errors.setdefault(mention.field, []).append(mention.sentence)
    if errors:
        raise ValidationError(errors)


def check_service(service):
    """Raise ValidationError, at its fields, if `service` lacks a mention its published themes need.

    One query when a mention is missing.
    """
    missing = [field for field, _name, _words in _SERVICE if not str(getattr(service, field)).strip()]
    if missing and service.categories.filter(is_published=True, is_leaf=True).exists():
        raise ValidationError(dict.fromkeys(missing, STILL_NEEDED))
