"""What an event changed, in the words of its line in the history."""

from datetime import date

from django.utils.translation import gettext as _

from categories.enums import Priority
from teledemande.french_dates import weekday_words
from tickets.durations import duration_words
from tickets.missing_items import item_lines


def details_of(event, *, is_staff, guests, known):
    """Return the lines that say what `event` changed beside the status.

    Priorities and time spent are for staff. `guests`: the address of each person invited, by key, for readers
    who may know them; `known`: the references of the other requests its reader sees by herself.
    """
    after, before = event.after, event.before
    lines = [
        _("Reprise prévue le %(day)s.") % {"day": _day(after["recall_on"])} if after.get("recall_on") else "",
        _moved(before, after) if "category_id" in after else "",
        _("Jointe à la demande %(other)s.") % {"other": after["merged_into"]}
        if after.get("merged_into") in known
        else "",
        _("Demande %(other)s.") % {"other": after["other"]} if after.get("other") in known else "",
        _sent(after) if after.get("transmitted_to") else "",
        guests.get(after.get("guest_id"), ""),
        _given_back(after) if after.get("files") else "",
        _("Ancien objet : %(subject)s.") % {"subject": before["subject"]} if before.get("subject") else "",
    ]
    lines += item_lines(after)
    if is_staff and before.get("priority"):
        label = Priority(after["priority"]).label
        lines.append(_("Nouvelle priorité : %(priority)s.") % {"priority": label})
    if is_staff and after.get("minutes_spent"):
        spent = after["minutes_spent"] - before.get("minutes_spent", 0)
        lines.append(_("Temps passé : %(time)s.") % {"time": duration_words(spent)})
    return [line for line in lines if line]


def _given_back(after):
    return _("Fichiers remis dans le brouillon : %(names)s.") % {"names": ", ".join(after["files"])}


def _day(text):
    return weekday_words(date.fromisoformat(text))


def _moved(before, after):
    names = {"former": before.get("category", ""), "theme": after.get("category", "")}
    return _("De « %(former)s » à « %(theme)s ».") % names


def _sent(after):
    words = {"administration": after["transmitted_to"], "contact": after.get("contact", "")}
    return _("À : %(administration)s. Contact : %(contact)s.") % words
