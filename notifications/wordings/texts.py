"""The words of mails as they hold for a theme, and what they say of one request."""

import re
from typing import Final

from django.db.models import Exists
from django.utils import translation
from django.utils.translation import gettext as _

from categories.models import Category
from notifications.models import MailWording
from notifications.wording import one_line
from notifications.wordings.zones import EDITABLE, LINES
from tickets.variables import filled, request_values

# What readers take for the end of a message: what follows would be folded away.
_ENDS: Final = re.compile(r"^[-_]{2,}[ \t]*$", re.MULTILINE)


def read_theme(category_id, messages):
    """Return whether the theme is confidential, and whether one of `messages` is edited for it. One query."""
    edited = Exists(MailWording.objects.in_force_on(category_id).order_by().filter(message__in=messages))
    found = Category.objects.opened().filter(pk=category_id).values_list(edited).first()
    return (True, False) if found is None else (False, found[0])


def nearest(category_id, messages):
    """Return the words in force for the theme, by message: of several, those of the nearest. One query."""
    found = {}
    for wording in MailWording.objects.in_force_on(category_id).filter(message__in=messages):
        found.setdefault(wording.message, wording)
    return found


def words_of(texts, message, language, values):
    """Return {zone: words} of `texts` (zone → language → words) for a reader of `language`.

    A zone without words in her language is left out: ours are there. So is one `message` does not have.
    """
    said = {}
    for zone in EDITABLE[message].zones:
        if text := texts.get(zone, {}).get(language, ""):
            words = filled(text, values)
            said[zone] = one_line(words) if zone in LINES else _ENDS.sub("", words).strip()
    return said


def values_on(ticket, event, message, language):
    """Return what the variables of `message` stand for, on one line each, in `language`.

    `ticket` is the request as the reader may know it.
    """
    allowed = EDITABLE[message].variables
    with translation.override(language):
        theme = ticket.category.name
        known = {"reference": ticket.reference, "theme": theme, "evenement": str(event.label)}
        if set(allowed) > set(known):
            known |= request_values(ticket) | {"gestionnaire": _holder(ticket.assignee)}
        return {name: one_line(known[name]) for name in allowed}


def _holder(person):
    if person is None:
        return _("personne pour le moment")
    return ", ".join(part for part in (str(person), person.capacity) if part)
