"""Roles on themes: asking and giving."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef

from categories.enums import ROLE_ORDER, RoleKind, at_least
from categories.models import Category, Role
from categories.querysets import lineage_ids


def role_on(user, category_id):
    """Return the strongest RoleKind of `user` on the theme `category_id`, or None.

    An administrator without a role observes what is not confidential. One query; two for her.
    """
    kinds = Role.objects.filter(user=user, category_id__in=lineage_ids(category_id)).values_list(
        "kind", flat=True
    )
    held = set(kinds)
    strongest = next((role for role in reversed(ROLE_ORDER) if role in held), None)
    if strongest is None and user.is_superuser and not is_confidential(category_id):
        return RoleKind.OBSERVER
    return strongest


def manages_a_theme(user):
    """Whether `user` administers, or is the manager of some theme. One query; none for an administrator."""
    return user.is_superuser or user.roles.filter(kind=RoleKind.MANAGER).exists()


def is_confidential(category_id):
    """Whether the theme is confidential, by itself or because it stands below a confidential one."""
    return not Category.objects.opened().filter(pk=category_id).exists()


def confidential_among(category_ids):
    """Return those of the themes that are confidential: one query."""
    opened = Category.objects.opened().filter(pk__in=category_ids)
    return set(category_ids) - set(opened.values_list("pk", flat=True))


def themes_managed_by(user):
    """Return the themes `user` answers for; all of them for an administrator."""
    themes = Category.objects.all()
    return themes if user.is_superuser else themes.reached_by(user, RoleKind.MANAGER)


def people_on(category_id, kind=RoleKind.HANDLER):
    """Return the active people who have at least the role `kind` on the theme, by name."""
    roles = Role.objects.filter(
        user=OuterRef("pk"), category_id__in=lineage_ids(category_id), kind__in=at_least(kind)
    )
    people = get_user_model().objects.filter(Exists(roles), is_active=True)
    return people.order_by("last_name", "first_name", "pk")


@transaction.atomic
def grant_role(user, category, kind):
    """Give `user` the role `kind` on `category` (replacing another one) and open the staff's admin to her."""
    role, _created = Role.objects.update_or_create(user=user, category=category, defaults={"kind": kind})
    _refresh_staff(user)
    return role


@transaction.atomic
def revoke_role(role):
    """Take a role back; the staff's admin closes with the last one."""
    role.delete()
    _refresh_staff(role.user)


def _refresh_staff(user):
    has_role = Role.objects.filter(user=user).exists()
    user.is_staff = has_role or user.is_superuser
    user.save(update_fields=["is_staff"])
