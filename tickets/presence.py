"""Who else has a request open, and whether she writes: a few seconds of memory in the cache, no row.

Two colleagues saying it at the same instant may forget one of them until her next sign, a few seconds later:
it is a courtesy, which blocks nobody.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

REPEATED_EVERY = 15  # seconds between two signs of a page
FORGOTTEN_AFTER = 40  # seconds after the last sign


class Doing(StrEnum):
    """What somebody does with the request."""

    READING = "reading"
    WRITING = "writing"


@dataclass(frozen=True)
class Sign:
    """One person, what she does, and when she last said so (seconds since 1970)."""

    name: str
    doing: str
    at: float

    @property
    def words(self):
        """What her colleagues read."""
        if self.doing == Doing.WRITING:
            return _("%(name)s rédige une réponse.") % {"name": self.name}
        return _("%(name)s consulte cette demande.") % {"name": self.name}


def say_here(ticket, person, doing):
    """Remember that `person` has `ticket` open, and return the signs of the others, by name."""
    now = timezone.now().timestamp()
    key = _key(ticket)
    signs = {pk: sign for pk, sign in _read(key).items() if now - sign.at < FORGOTTEN_AFTER}
    others = [sign for pk, sign in signs.items() if pk != person.pk]
    cache.set(key, signs | {person.pk: Sign(str(person), doing, now)}, FORGOTTEN_AFTER)
    return sorted(others, key=lambda sign: sign.name)


def _read(key):
    return cache.get(key) or {}


def _key(ticket):
    return f"presence:{ticket.pk}"
