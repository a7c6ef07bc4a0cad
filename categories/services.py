"""The only code that writes themes and services outside loading. Each function is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction

from categories.places import check_place, check_ways
from categories.publication import check_publication, check_service


@transaction.atomic
def save_theme(category):
    """Check the whole of `category` and write it; return it.

    A legal regime changed here concerns the requests filed from now on: each request keeps the regime of the
    day it was filed. Raises ValidationError, at the fields to change.
    """
    category.full_clean()
    check_theme(category)
    category.save()
    return category


@transaction.atomic
def save_service(service):
    """Check the whole of `service`, whose mentions receipts must bear (CRPA, R112-11-1), and write it.

    Raises ValidationError, at the fields to complete.
    """
    check_service(service)
    service.full_clean()
    service.save()
    return service


@transaction.atomic
def save_choice_list(choice_list):
    """Check a list of answers and write it; return it. Raises ValidationError."""
    choice_list.full_clean()
    choice_list.save()
    return choice_list


@transaction.atomic
def save_choice(item):
    """Check one answer of a list and write it; return it. Raises ValidationError."""
    item.full_clean()
    item.save()
    return item


def check_theme(category):
    """Check what no constraint can: its place, its ways, its receipts. Raises ValidationError."""
    errors = {}
    for check in (check_place, check_ways, check_publication):
        try:
            check(category)
        except ValidationError as refusal:
            for field, sentences in refusal.message_dict.items():
                errors.setdefault(field, []).extend(sentences)
    if errors:
        raise ValidationError(errors)
