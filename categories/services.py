"""The only code that writes themes and services outside loading. Each function is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from categories.models import Category

PARENT_IS_LEAF = _("Ce thème reçoit des demandes : choisissez une branche de l’arbre.")
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
    """Check what no constraint can: requests are filed at the leaves. Raises ValidationError."""
    if Category.objects.filter(pk=category.parent_id, is_leaf=True).exists():
        raise ValidationError({"parent": PARENT_IS_LEAF})
    if category.pk is not None and category.is_leaf and category.children.exists():
        raise ValidationError({"is_leaf": HAS_CHILDREN})
