"""The mail as the page of its words draws it: what is written between what stays ours."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from notifications.admin.wordings.form import LANGUAGES
from notifications.rules import ANNOUNCEMENT
from notifications.wordings.originals import fixed, original
from notifications.wordings.writing import FIRST, field_of
from notifications.wordings.zones import CLOSING, HEADLINE, INTRODUCTION, NEWS, NEXT, ZONES


@dataclass(frozen=True)
class Typed:
    """The field of one language; folded away while it says nothing of its own."""

    bound: object
    language: str
    is_folded: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the mail: fields to write in, or words of ours."""

    title: str
    text: str = ""
    fields: list = field(default_factory=list)
    help: str = ""


def parts_of(message, form):
    """Return the parts of the mail from top to bottom."""
    parts = [_zone_or_ours(message, form, HEADLINE, _("Objet"))]
    parts += _zones(message, form, INTRODUCTION)
    if not message.is_for_staff:
        parts.append(_zone_or_ours(message, form, NEWS, _("La nouvelle")))
    parts.append(Part(_content(message), _after(message)))
    if message.is_for_requester:
        parts.append(Part(_("Et maintenant"), fixed(message.name, "expected", FIRST) or _expected()))
        parts += _zones(message, form, NEXT)
    parts.append(Part(_("Bouton et adresse de la demande")))
    parts += _zones(message, form, CLOSING)
    if message.name != ANNOUNCEMENT:
        parts.append(Part(_("Informations de la demande, fichiers, échanges précédents")))
    return parts


def _zones(message, form, zone):
    if zone not in message.zones:
        return []
    fields = [_typed(message, form, zone, language) for language in LANGUAGES]
    return [Part(str(ZONES[zone]), fields=fields, help=_HELP[zone]())]


def _typed(message, form, zone, language):
    bound = form[field_of(zone, language)]
    is_ours = (bound.value() or "").strip() == original(message.name, zone, language)
    return Typed(bound, LANGUAGES[language], language != FIRST and is_ours and not bound.errors)


def _zone_or_ours(message, form, zone, title):
    found = _zones(message, form, zone)
    return found[0] if found else Part(title, fixed(message.name, zone, FIRST))


def _content(message):
    if message.name == ANNOUNCEMENT:
        return _("Numéro de la demande, événement, thème")
    return _("Les mots écrits dans la demande, leur auteur, les mentions légales")


def _after(message):
    return fixed(message.name, "after_words", FIRST) if message.is_for_requester else ""


def _expected():
    return _("Ce qui est attendu, selon l’état de la demande.")


_HELP = {
    HEADLINE: lambda: _("Le numéro et l’objet de la demande l’entourent. 60 caractères au plus."),
    INTRODUCTION: lambda: _("Avant notre phrase, qui reste."),
    NEWS: lambda: _("À la place de notre phrase."),
    NEXT: lambda: _("Sous « Et maintenant », après notre phrase, qui reste."),
    CLOSING: lambda: _("Avant les informations de la demande : un horaire, une adresse, un conseil."),
}
