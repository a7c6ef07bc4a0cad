"""The themes a member of staff reaches, read once: the choices of filters, and what stands below each."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property

from categories.models import Category
from categories.querysets import open_ids, reached_ids


@dataclass(frozen=True)
class Theme:
    """One line of the tree, as deep as what the reader reaches above it."""

    pk: int
    slug: str
    name: str
    depth: int

    @property
    def label(self):
        """The name, indented by its place in the tree."""
        return "\u2003" * self.depth + self.name


def staffed_themes(user):
    """Keep the themes whose requests `user` reads as staff: the same rule as `Ticket.objects.staffed_by`."""
    if not user.is_staff or not user.is_active:
        return Category.objects.none()
    reached = Q(pk__in=reached_ids(user))
    if user.is_superuser:
        reached |= Q(pk__in=open_ids())
    return Category.objects.filter(reached)


class ReachedThemes:
    """The tree of what `user` reaches. One query, whatever is asked of it; none if nothing is."""

    def __init__(self, user):
        self._user = user

    @cached_property
    def _rows(self):
        rows = staffed_themes(self._user).order_by("position", "pk")
        return {row["pk"]: row for row in rows.values("pk", "slug", "name", "parent_id")}

    @cached_property
    def _children(self):
        children = {}
        for pk, row in self._rows.items():
            # A theme whose parent is out of reach stands at the root.
            parent_id = row["parent_id"] if row["parent_id"] in self._rows else None
            children.setdefault(parent_id, []).append(pk)
        return children

    @cached_property
    def in_order(self):
        """Every theme reached, parents before children."""
        return list(self._walk(None, 0))

    def _walk(self, parent_id, depth):
        for pk in self._children.get(parent_id, ()):
            row = self._rows[pk]
            yield Theme(pk=pk, slug=row["slug"], name=row["name"], depth=depth)
            yield from self._walk(pk, depth + 1)

    @property
    def choices(self):
        """The (slug, label) pairs of a field."""
        return [(theme.slug, theme.label) for theme in self.in_order]

    def below(self, slug):
        """Return the ids of the theme `slug` and of what stands below it; nothing if it is out of reach."""
        pk = next((theme.pk for theme in self.in_order if theme.slug == slug), None)
        return [] if pk is None else [pk, *(theme.pk for theme in self._walk(pk, 0))]
