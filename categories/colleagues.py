"""Who shares a theme with whom."""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from categories.models import Role
from categories.querysets import reached_ids

# Up from the themes of her own roles, stopping where what stands above gives nothing below.
_ABOVE = """
    WITH RECURSIVE above(id, parent_id, is_confidential) AS (
        SELECT theme.id, theme.parent_id, theme.is_confidential FROM categories_category theme
        JOIN categories_role role ON role.category_id = theme.id WHERE role.user_id = %s
        UNION
        SELECT parent.id, parent.parent_id, parent.is_confidential FROM categories_category parent
        JOIN above ON parent.id = above.parent_id
        WHERE NOT above.is_confidential
    ) SELECT id FROM above
"""


def colleague_ids(user):
    """Return the subquery of the ids of the people who have a role on a theme that `user` reaches."""
    above = RawSQL(_ABOVE, [user.pk])  # noqa: S611 -- placeholders only
    roles = Role.objects.filter(Q(category_id__in=reached_ids(user)) | Q(category_id__in=above))
    return roles.values("user_id")
