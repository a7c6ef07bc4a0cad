"""The only code that writes themes and services outside loading. Each function is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from categories.enums import SilenceRule
from categories.models import Category

PARENT_IS_LEAF = _("Ce thème reçoit des demandes : choisissez une branche de l’arbre.")
NO_DELAY = _("Indiquez le délai en mois au bout duquel le silence vaut décision.")
HAS_CHILDREN = _("D’autres thèmes sont rangés sous celui-ci : il ne peut pas recevoir de demandes.")


@transaction.atomic
def save_theme(category):
    """Check the whole of `category` and write it; return it.

    A legal regime changed here concerns the requests filed from now on: each request keeps the regime of the
    day it was filed. Raises ValidationError.
    """
    category.full_clean()
    check_theme(category)
    category.save()
    return category


@transaction.atomic
def save_service(service):
    """Check the whole of `service`, whose mentions receipts must bear (CRPA, R112-11-1), and write it."""
    service.full_clean()
    service.save()
    return service


def check_theme(category):
    """Check what the database does not: requests at the leaves, a delay with each rule on silence.

    A check constraint holds when its condition is unknown, so an absent delay passes it. Raises
    ValidationError.
    """
    if category.silence_rule != SilenceRule.NONE and not category.silence_months:
        raise ValidationError({"silence_months": NO_DELAY})
    if Category.objects.filter(pk=category.parent_id, is_leaf=True).exists():
        raise ValidationError({"parent": PARENT_IS_LEAF})
    if category.pk is not None and category.is_leaf and category.children.exists():
        raise ValidationError({"is_leaf": HAS_CHILDREN})
