"""What each ready profile means, in the words of whoever chooses; what she chose, theme by theme."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from categories.enums import RoleKind, at_least
from categories.models import Category, Role
from categories.querysets import reached_ids
from notifications.choices import USUAL, choices_of
from notifications.models import Profile

MEANINGS: Final[dict[str, Any]] = {
    Profile.ALL: _("Un courriel à chaque évolution de toutes les demandes, notes internes comprises."),
    Profile.CREATION: _(
        "Un courriel quand une demande arrive ou n’est plus en charge de personne, et à chaque évolution de "
        "celles dont vous êtes en charge."
    ),
    Profile.IN_CHARGE: _(
        "Un courriel à chaque évolution des demandes dont vous êtes en charge, et rien des autres."
    ),
    Profile.DIGEST: _("Aucun courriel au fil de la journée : un résumé les jours ouvrés, à vos heures."),
    Profile.NONE: _("Aucun courriel, même pour les demandes dont vous êtes en charge."),
}


@dataclass(frozen=True)
class Ready:
    """One ready profile as it is offered."""

    value: str
    label: str
    meaning: Any
    is_current: bool


@dataclass(frozen=True)
class ThemeRow:
    """What she is told of one theme, and why: by her own choice there, or by that of `origin` above it."""

    theme: Category
    label: str
    is_own: bool
    origin: str  # "" when it is her choice for all themes


def ready_profiles(person: User) -> list[Ready]:
    """Return the profiles offered for all themes, with the one `person` has. One query."""
    current = choices_of(person).get(None, USUAL)
    return [Ready(one.value, str(one.label), MEANINGS[one], one == current) for one in Profile]


def choosable_themes(person: User) -> Any:
    """Return the themes `person` may choose for: those she acts on, and those she chose for before."""
    chosen = [key for key in choices_of(person) if key is not None]
    reached = Q(pk__in=reached_ids(person, RoleKind.HANDLER))
    return Category.objects.filter(reached | Q(pk__in=chosen))


def theme_rows(person: User) -> list[ThemeRow]:
    """Return what `person` is told of the themes of her roles, and of those she chose for. Three queries."""
    choices = choices_of(person)
    roles = Role.objects.filter(user=person, kind__in=at_least(RoleKind.HANDLER))
    shown = set(roles.values_list("category_id", flat=True)) | {key for key in choices if key is not None}
    tree = Category.objects.only("name", "parent_id").order_by("position", "pk").in_bulk() if shown else {}
    return [_row(theme, tree, choices) for key, theme in tree.items() if key in shown]


def manages_a_theme(person: User) -> bool:
    """Whether `person` is a manager somewhere. One query."""
    return Role.objects.filter(user=person, kind=RoleKind.MANAGER).exists()


def themes_told(person: User, profiles: tuple[str, ...]) -> set[int]:
    """Return the keys of the themes for which the choice of `person` is one of `profiles`. Two queries."""
    choices = choices_of(person)
    parents = dict(Category.objects.order_by().values_list("pk", "parent_id"))
    nearest = {key: choices.get(_chosen_at(key, parents, choices), USUAL) for key in parents}
    return {key for key, profile in nearest.items() if profile in profiles}


def _chosen_at(key: int | None, parents: dict[int, int | None], choices: dict[int | None, str]) -> int | None:
    """Return the key of the theme whose choice counts for the theme `key`; None is for all themes."""
    while key is not None and key not in choices:
        key = parents.get(key)
    return key


def _row(theme: Category, tree: dict[int, Category], choices: dict[int | None, str]) -> ThemeRow:
    chosen_at = _chosen_at(theme.pk, {key: one.parent_id for key, one in tree.items()}, choices)
    label = str(Profile(choices.get(chosen_at, USUAL)).label)
    origin = tree[chosen_at].name if chosen_at not in (None, theme.pk) else ""
    return ThemeRow(theme, label, chosen_at == theme.pk, origin)
