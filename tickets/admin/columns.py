"""What the list shows of each request, chosen by each person; the number and the subject are always there."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from tickets.lifecycle.holding import USUAL_SECONDS
from tickets.models import ListDisplay

COLUMNS = {
    "status": _("État"),
    "theme": _("Thème"),
    "service": _("Service"),
    "requester": _("Demandeur"),
    "age": _("Âge"),
    "silence": _("Échéance légale"),
    "priority": _("Priorité"),
    "event": _("Dernier événement"),
    "assignee": _("En charge"),
}
USUAL = ("status", "theme", "requester", "age", "silence", "assignee")


@dataclass(frozen=True)
class Display:
    """How a person has her list shown."""

    columns: tuple[str, ...] = field(default=USUAL)
    has_shortcuts: bool = True
    take_back_seconds: int = USUAL_SECONDS

    @property
    def labels(self):
        """The names of the columns shown, in their order."""
        return [label for name, label in COLUMNS.items() if name in self.columns]


def display_of(user):
    """Return how `user` has her list shown: as everybody's, unless she chose. One query."""
    kept = ListDisplay.objects.filter(person=user).first()
    if kept is None:
        return Display()
    columns = tuple(name for name in COLUMNS if name in kept.columns)
    return Display(columns, kept.has_shortcuts, kept.take_back_seconds)
