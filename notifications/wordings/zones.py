"""What of each mail may be written by those who manage a theme, and what stays ours.

Two kinds of messages. Those whose sentence bears no mention the law or the request asks for: subject and
sentence may be replaced. All others: words may be added before, after and at the end, nothing taken out. A
message left out here is never in other words than ours: those of confidential requests first.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from notifications.rules import ANNOUNCEMENT, GUEST_NEWS, RULES, STAFF_GROUP, STAFF_NEWS, UNANSWERED, messages
from tickets.lifecycle.transitions import past_label
from tickets.variables import OF_THE_REQUEST

HEADLINE, NEWS, INTRODUCTION, NEXT, CLOSING = "headline", "news", "introduction", "next", "closing"

ZONES: Final = {
    HEADLINE: _("Objet du courriel"),
    INTRODUCTION: _("Introduction"),
    NEWS: _("La nouvelle"),
    NEXT: _("Ce qui suit"),
    CLOSING: _("Mot de la fin"),
}
LINES: Final = frozenset({HEADLINE})  # one line each
REPLACING: Final = frozenset({HEADLINE, NEWS})  # they stand in the place of words of ours
MAX_LENGTHS: Final = {zone: 60 if zone in LINES else 2_000 for zone in ZONES}

# The sentence of these tells nothing but the move itself: other words may say it.
REPLACEABLE: Final = frozenset(
    {
        "taken",
        "assigned",
        "released",
        "answered",
        "approved",
        "settled",
        "recalled",
        "unmerged",
        "invited",
        "uninvited",
        "left",
    }
)
_TO_GUESTS: Final = frozenset({GUEST_NEWS, "guest_invited"})
_TO_STAFF: Final = frozenset({STAFF_NEWS, "mentioned", ANNOUNCEMENT})

_OF_THE_EVENT: Final = {
    "evenement": _("ce qui vient d’arriver à la demande"),
    "gestionnaire": _("le nom et la qualité de la personne en charge"),
}
VARIABLES: Final = OF_THE_REQUEST | _OF_THE_EVENT
# A shared mailbox is told nothing of the content.
_FOR_MAILBOXES: Final = ("reference", "theme", "evenement")


@dataclass(frozen=True)
class Message:
    """A message whose words may be edited."""

    name: str

    @property
    def zones(self):
        """The zones that may be written, in the order of the mail."""
        if self.name in REPLACEABLE:
            return (HEADLINE, NEWS, NEXT, CLOSING)
        return (INTRODUCTION, CLOSING) if not self.is_for_requester else (INTRODUCTION, NEXT, CLOSING)

    @property
    def variables(self):
        """What its words may say: name → what it stands for."""
        if self.name != ANNOUNCEMENT:
            return VARIABLES
        return {name: VARIABLES[name] for name in _FOR_MAILBOXES}

    @property
    def is_for_requester(self):
        """Whether the requester is who reads it."""
        return self.name not in _TO_GUESTS | _TO_STAFF

    @property
    def is_for_guests(self):
        """Whether people invited are who reads it."""
        return self.name in _TO_GUESTS

    @property
    def is_for_staff(self):
        """Whether members of staff are who reads it."""
        return self.name in _TO_STAFF

    @property
    def kinds(self):
        """The moves it tells, by name."""
        return tuple(
            kind for kind, rules in RULES.items() if any(rule.message == self.name for rule in rules)
        )

    @property
    def label(self):
        """What the list of messages calls it."""
        return _LABELS.get(self.name) or past_label(self.kinds[0])


_LABELS: Final = {
    STAFF_NEWS: _("Du nouveau sur une demande"),
    "mentioned": _("Mention dans une note interne"),
    ANNOUNCEMENT: _("Annonce à l’adresse du service"),
    GUEST_NEWS: _("Du nouveau sur une demande suivie"),
    "guest_invited": _("Invitation à suivre une demande"),
}

EDITABLE: Final = {name: Message(name) for name in sorted(messages() - UNANSWERED - {STAFF_GROUP})}


def told_with(kind):
    """Return the names of the messages whose words may be edited, among those that tell the move `kind`."""
    return {rule.message for rule in RULES[kind] if rule.message in EDITABLE}
