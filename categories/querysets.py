"""Which themes: those one may file under, those a role reaches.

Inheritance is a recursive query over the parent column, so that « see » stays one subquery of the page's
own query: no extra round trip, nothing derived to keep in step.
"""

from datetime import date

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from tree_queries.query import TreeQuerySet

from categories.enums import RoleKind, at_least

# A role reaches its own theme and everything below it, but does not enter a confidential theme.
_DOWN = """
    WITH RECURSIVE reach(id) AS (
        {start}
        UNION
        SELECT child.id FROM categories_category child
        JOIN reach ON child.parent_id = reach.id
        WHERE NOT child.is_confidential
    ) SELECT id FROM reach
"""
_FROM_ROLES = _DOWN.format(
    start="SELECT category_id FROM categories_role WHERE user_id = %s AND kind IN ({kinds})"
)
_FROM_OPEN_ROOTS = _DOWN.format(
    start="SELECT id FROM categories_category WHERE parent_id IS NULL AND NOT is_confidential"
)
# The way up stops after a confidential theme: what stands above it gives nothing below.
_UP = """
    WITH RECURSIVE lineage(id, parent_id, is_confidential) AS (
        SELECT id, parent_id, is_confidential FROM categories_category WHERE id = %s
        UNION
        SELECT parent.id, parent.parent_id, parent.is_confidential FROM categories_category parent
        JOIN lineage ON parent.id = lineage.parent_id
        WHERE NOT lineage.is_confidential
    ) SELECT id FROM lineage
"""
_DISTANCE = """
    WITH RECURSIVE above(id, parent_id, steps) AS (
        SELECT id, parent_id, 0 FROM categories_category WHERE id = %s
        UNION
        SELECT parent.id, parent.parent_id, above.steps + 1 FROM categories_category parent
        JOIN above ON parent.id = above.parent_id
    ) SELECT steps FROM above WHERE above.id = {column}
"""


def reached_ids(user, kind=RoleKind.OBSERVER):
    """Return the subquery of the ids of the themes on which `user` has at least the role `kind`."""
    kinds = at_least(kind)
    sql = _FROM_ROLES.format(kinds=", ".join(["%s"] * len(kinds)))
    return RawSQL(sql, [user.pk, *kinds])  # noqa: S611 -- placeholders only


def open_ids():
    """Return the subquery of the ids of the themes neither confidential nor below a confidential one."""
    return RawSQL(_FROM_OPEN_ROOTS, [])  # noqa: S611 -- constant text


def lineage_ids(category_id):
    """Return the subquery of the ids whose roles count for the theme `category_id`: itself and above."""
    return RawSQL(_UP, [category_id])  # noqa: S611 -- placeholders only


def distance_from(category_id, column):
    """Return how many steps above the theme `category_id` the theme of `column` stands; NULL elsewhere.

    `column` is a column of the query around, never a text from outside.
    """
    return RawSQL(_DISTANCE.format(column=column), [category_id])  # noqa: S611 -- placeholders only


class CategoryQuerySet(TreeQuerySet):
    """Themes."""

    def published(self):
        """Keep what the public may see."""
        return self.filter(is_published=True)

    def with_a_sheet(self):
        """Keep the published themes that have a public page, open or not; those replaced lead elsewhere."""
        own = self.published().filter(is_leaf=True, service__isnull=False)
        return own.filter(redirect_to__isnull=True, alias_of__isnull=True)

    def fileable(self, on: date | None = None):
        """Keep the themes under which a request may be filed on the day `on`, today in Paris unless told.

        `Category.takes_requests` says the same of a theme already read.
        """
        day = on or timezone.localdate()
        has_opened = Q(opens_on__isnull=True) | Q(opens_on__lte=day)
        has_not_closed = Q(closes_on__isnull=True) | Q(closes_on__gte=day)
        return self.with_a_sheet().filter(has_opened, has_not_closed)

    def opened(self):
        """Keep the themes neither confidential nor below a confidential one."""
        return self.filter(pk__in=open_ids())

    def reached_by(self, user, kind=RoleKind.OBSERVER):
        """Keep the themes on which `user` has at least the role `kind`, given there or above."""
        return self.filter(pk__in=reached_ids(user, kind))
