"""What the words were, version after version, compared two by two."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notifications.admin.wordings.form import LANGUAGES
from notifications.models import MailWordingVersion
from notifications.wordings.originals import original
from notifications.wordings.zones import ZONES
from teledemande.comparing import Piece, compared

SHOWN = 50


@dataclass(frozen=True)
class Change:
    """What changed in one zone, in one language."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class VersionRow:
    """A version, what it changed, and whether it is the one that holds."""

    version: MailWordingVersion
    changes: list[Change]
    is_current: bool


def versions_of(row, message):
    """Return the latest versions of the words, each compared with the one before."""
    if row is None:
        return []
    found = list(row.versions.select_related("author")[: SHOWN + 1])
    older = [version.texts for version in found[1:]] + [{}]
    return [
        VersionRow(version, compared_texts(message, before, version.texts), version.number == row.version)
        for version, before in zip(found[:SHOWN], older, strict=False)
    ]


def compared_texts(message, before, after):
    """Return what changed between two texts, zone by zone; our own words stand for what was not written."""
    changes = []
    for zone in message.zones:
        for language, words in LANGUAGES.items():
            old, new = (_said(message, texts, zone, language) for texts in (before, after))
            if old != new:
                label = _("%(zone)s, %(language)s") % {"zone": ZONES[zone], "language": words}
                changes.append(Change(label, compared(old, new)))
    return changes


def _said(message, texts, zone, language):
    return texts.get(zone, {}).get(language, "") or original(message.name, zone, language)
