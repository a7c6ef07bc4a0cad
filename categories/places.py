"""Where a theme stands in the tree, and where its address leads when it is not its own page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from categories.models import Category

PARENT_IS_LEAF = _("Ce thème reçoit des demandes : choisissez une branche de l’arbre.")
PARENT_IS_ALIAS = _("Cette place mène à un autre thème : choisissez une branche de l’arbre.")
PARENT_IS_BELOW = _("Cette branche est rangée sous celle-ci : choisissez-en une autre.")
HAS_CHILDREN = _("D’autres thèmes sont rangés sous celui-ci : il ne peut pas recevoir de demandes.")
ALIAS_HAS_CHILDREN = _("D’autres thèmes sont rangés sous celui-ci : il ne peut pas mener à un autre.")
ALIAS_IS_LEAF = _("Une seconde place ne reçoit pas de demandes : c’est le thème où elle mène qui les reçoit.")
ALIAS_HAS_SERVICE = _("Une seconde place n’a pas de service : c’est celui du thème où elle mène.")
ALIAS_OR_REDIRECTION = _("Une seconde place mène déjà à un thème : elle n’est pas renvoyée ailleurs.")
ALIAS_OF_NO_THEME = _("Choisissez un thème qui reçoit des demandes, à sa première place.")
LEADS_TO_A_BRANCH = _("Choisissez un thème qui reçoit des demandes : une branche n’a pas de page.")
LEADS_BACK = _("Ce thème ramène à celui-ci : les liens tourneraient en rond. Choisissez-en un autre.")


def check_place(category):
    """Check the place of `category` in the tree: requests are filed at the leaves. Raises ValidationError."""
    errors = {}
    if refusal := _refusal_of_parent(category):
        errors["parent"] = refusal
    if category.pk is not None and category.children.exists():
        if category.is_leaf:
            errors["is_leaf"] = HAS_CHILDREN
        if category.alias_of_id is not None:
            errors["alias_of"] = ALIAS_HAS_CHILDREN
    if errors:
        raise ValidationError(errors)


def _refusal_of_parent(category):
    parent = category.parent
    if parent is None:
        return None
    if parent.is_leaf:
        return PARENT_IS_LEAF
    if parent.alias_of_id is not None:
        return PARENT_IS_ALIAS
    return PARENT_IS_BELOW if category.pk in _lineage(parent) else None


def _lineage(category):
    """Return the ids of `category` and of what stands above it; ends even on a loop."""
    seen = set()
    while category is not None and category.pk not in seen:
        seen.add(category.pk)
        category = category.parent
    return seen


def check_ways(category):
    """Check where the address of `category` leads: a theme, never a circle. Raises ValidationError."""
    errors = _errors_of_alias(category) if category.alias_of_id is not None else {}
    for field in ("alias_of", "redirect_to"):
        if field not in errors and (refusal := _refusal_of_way(category, getattr(category, field))):
            errors[field] = refusal
    if errors:
        raise ValidationError(errors)


def _errors_of_alias(category):
    wrong = {
        "is_leaf": (category.is_leaf, ALIAS_IS_LEAF),
        "service": (category.service_id is not None, ALIAS_HAS_SERVICE),
        "redirect_to": (category.redirect_to_id is not None, ALIAS_OR_REDIRECTION),
        "alias_of": (category.alias_of.is_replaced, ALIAS_OF_NO_THEME),
    }
    return {field: sentence for field, (is_wrong, sentence) in wrong.items() if is_wrong}


def _refusal_of_way(category, target):
    if target is None:
        return None
    if category.pk is not None and category in _way(target):
        return LEADS_BACK
    return None if target.is_leaf else LEADS_TO_A_BRANCH


def destination_of(category):
    """Return the theme where the address of `category` leads in the end: itself when it leads nowhere else.

    None when the way goes round in a circle. One query a step.
    """
    last = _way(category)[-1]
    return None if last.is_replaced else last


def _way(category):
    """Return `category` and the themes its address leads to, in order; stops before a theme seen already."""
    steps = [category]
    while (following := steps[-1].redirect_to or steps[-1].alias_of) and following not in steps:
        steps.append(following)
    return steps


def replacement_of(slug):
    """Return the published theme where the old address `slug` leads, or None: nothing, or its own page."""
    category = Category.objects.select_related("redirect_to", "alias_of").filter(slug=slug).first()
    if category is None or not category.is_replaced:
        return None
    target = destination_of(category)
    return target if target is not None and target.has_a_sheet else None
