"""What an event changed, in the words of its line in the history."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from categories.enums import Priority
from teledemande.french_dates import weekday_words
from tickets.durations import duration_words
from tickets.missing_items import item_lines


@dataclass(frozen=True)
class Known:
    """What a reader may know of the rows events name by their key.

    `guests`: the address of each person invited, by key. `linked`: the reference of each other request she
    sees by herself, by key.
    """

    guests: dict[int, str] = field(default_factory=dict)
    linked: dict[int, str] = field(default_factory=dict)

    @property
    def references(self):
        """The references of those requests."""
        return self.linked.values()


def details_of(event, *, is_staff, known):
    """Return the lines that say what `event` changed beside the status.

    Priorities and time spent are for staff. `known`: what the reader may know.
    """
    after, before = event.after, event.before
    lines = [
        _("Reprise prévue le %(day)s.") % {"day": _day(after["recall_on"])} if after.get("recall_on") else "",
        _moved(before, after) if "category_id" in after else "",
        _("Jointe à la demande %(other)s.") % {"other": after["merged_into"]}
        if after.get("merged_into") in known.references
        else "",
        _("Demande %(other)s.") % {"other": after["other"]} if after.get("other") in known.references else "",
        _sent(after) if after.get("transmitted_to") else "",
        _given_back(after) if after.get("files") else "",
        _("Reçu par courriel.") if after.get("by_mail") else "",
        known.guests.get(after.get("guest_id"), ""),
        _linked(known.linked.get(after.get("linked_id"))),
        _("« %(question)s ».") % {"question": after["entry"]} if "entry" in after else "",
        _("« %(question)s ».") % {"question": after["question"]} if "question" in after else "",
        _("Ancien objet : %(subject)s.") % {"subject": before["subject"]} if before.get("subject") else "",
    ]
    if is_staff and after.get("refusal"):
        lines.append(_("Réponse du serveur : « %(words)s ».") % {"words": after["refusal"]})
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


def _linked(reference):
    return _("Demande %(other)s.") % {"other": reference} if reference else ""


def _day(text):
    return weekday_words(date.fromisoformat(text))


def _moved(before, after):
    names = {"former": before.get("category", ""), "theme": after.get("category", "")}
    return _("De « %(former)s » à « %(theme)s ».") % names


def _sent(after):
    words = {"administration": after["transmitted_to"], "contact": after.get("contact", "")}
    return _("À : %(administration)s. Contact : %(contact)s.") % words
