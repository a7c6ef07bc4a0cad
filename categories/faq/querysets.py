"""Which questions a person sees. One rule for the list, the finder, the sheets of themes and the form."""

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from tree_queries.query import TreeQuerySet

from categories.audiences import audiences_of
from categories.enums import FaqAudience, RoleKind
from categories.querysets import open_ids, reached_ids

# From the roots down: what is closed to somebody hides what it holds.
_DOWN = """
    WITH RECURSIVE admitted(id, parent_id) AS ({admitted}), seen(id) AS (
        SELECT id FROM admitted WHERE parent_id IS NULL
        UNION
        SELECT admitted.id FROM admitted JOIN seen ON admitted.parent_id = seen.id
    ) SELECT id FROM seen
"""

_UP = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM categories_category WHERE id = %s
        UNION
        SELECT parent.id, parent.parent_id FROM categories_category parent
        JOIN above ON parent.id = above.parent_id
    ) SELECT id FROM above
"""


class FaqQuerySet(TreeQuerySet):
    """Questions and the headings that hold them."""

    def published(self):
        """Keep what is published and stands below nothing unpublished, whoever may read it."""
        return self.filter(pk__in=self._from_roots(Q()))

    def visible_to(self, user):
        """Keep what `user` (anybody, signed in or not) may read; what holds it must be open to her too.

        No query of its own: one subquery of the caller's.
        """
        return self.filter(pk__in=self._from_roots(self._open_to(user)))

    def answers(self):
        """Keep the questions, which have an answer; headings have none."""
        return self.exclude(body="")

    def managed_by(self, user):
        """Keep what `user` may change: all for an administrator, else what is only about her themes."""
        if user.is_superuser:
            return self
        hers = Q(category__in=reached_ids(user, RoleKind.MANAGER))
        return self.filter(Exists(self._themes()), ~Exists(self._themes().exclude(hers)))

    def about(self, category):
        """Keep what is attached to the theme `category` or above it: its own first, then by order."""
        own = Exists(self._themes().filter(category_id=category.pk))
        above = Exists(self._themes().filter(category_id__in=_above(category.pk)))
        return self.filter(above).annotate(is_own=own).order_by("-is_own", "position", "pk")

    def _from_roots(self, condition):
        rows = self.model.objects.filter(condition, is_published=True).order_by().values("pk", "parent_id")
        sql, params = rows.query.sql_with_params()
        return RawSQL(_DOWN.format(admitted=sql), params)  # noqa: S611 -- compiled by the ORM

    def _open_to(self, user):
        if not user.is_authenticated:
            return Q(audience=FaqAudience.EVERYBODY)
        handled = Exists(self._themes().filter(_handled_by(user)))
        meant = Exists(
            self._themes().annotate(words=Cast("category__audience", TextField())).filter(_for(user))
        )
        return (
            Q(audience__in=(FaqAudience.EVERYBODY, FaqAudience.SIGNED_IN))
            # Who answers requests reads what requesters read.
            | Q(meant | handled, audience=FaqAudience.THEME_USERS)
            | Q(handled, audience=FaqAudience.HANDLERS)
        )

    def _themes(self):
        return self.model.categories.through.objects.filter(faqentry_id=OuterRef("pk"))


def _above(category_id):
    return RawSQL(_UP, [category_id])  # noqa: S611 -- placeholders only


def _handled_by(user):
    own = Q(category__in=reached_ids(user))
    # As in `role_on`: an administrator observes what is not confidential.
    return own | Q(category__in=open_ids()) if user.is_superuser else own


def _for(user):
    # The list of a theme is read as text: SQLite has no « contains » on JSON. A theme that names no public is
    # for all.
    meant = Q(words="[]")
    for audience in audiences_of(user):
        meant |= Q(words__contains=f'"{audience.value}"')
    return meant
