"""The questions one person may read, ready to be drawn."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Length

from categories.models import FaqEntry

_DEEPEST_HEADING = 6


@dataclass
class FaqNode:
    """A heading with what it holds, or a question; `level` is that of its title in the page, from 2 to 6."""

    entry: FaqEntry
    level: int = 2
    questions: list["FaqNode"] = field(default_factory=list)
    headings: list["FaqNode"] = field(default_factory=list)


def nested_questions(user):
    """Return a FaqNode without entry: all that `user` may read, nested and in order.

    One query whatever the size, and no text of answers in it. Headings that hold nothing are left out.
    """
    root = FaqNode(entry=None, level=1)
    nodes = {row.pk: FaqNode(row) for row in _rows(user)}
    for node in nodes.values():
        above = nodes.get(node.entry.parent_id, root)
        (above.questions if node.entry.length else above.headings).append(node)
    _settle(root)
    return root


def _rows(user):
    rows = FaqEntry.objects.visible_to(user).annotate(length=Length("body"))
    return rows.only("slug", "title", "audience", "parent_id", "position").order_by("position", "pk")


def _settle(node):
    """Give each heading its level, and leave out those that hold nothing."""
    for below in (*node.questions, *node.headings):
        below.level = min(node.level + 1, _DEEPEST_HEADING)
        _settle(below)
    node.headings = [below for below in node.headings if below.questions or below.headings]


def around(entry, user):
    """Return the rows beside `entry` (a question) or below it (a heading) that `user` may read, in order."""
    beside = Q(parent=entry.parent_id) if entry.body else Q(parent=entry.pk)
    rows = FaqEntry.objects.visible_to(user).filter(beside).exclude(pk=entry.pk)
    return rows.only("slug", "title", "position").order_by("position", "pk")
