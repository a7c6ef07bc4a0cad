"""What the pages of filing ask of the database, by the number of questions."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from categories.models import Category
from categories.questionnaire.versions import current_form

pytestmark = pytest.mark.django_db


def largest_theme():
    """Return the shipped theme that asks most."""
    call_command("load_themes", verbosity=0)
    themes = Category.objects.fileable()
    return max(themes, key=lambda one: len(current_form(one).questions) + len(current_form(one).pieces))


def test_form_of_the_largest_theme_costs_little(client_of, lea, django_assert_num_queries):
    browser, category = client_of(lea), largest_theme()
    address = reverse("tickets:write", args=[category.slug])
    browser.get(address)

    # Session, reader, theme and service, form in force (twice: for the page, and to say that it changed),
    # shared lists, questions of the theme.
    with django_assert_num_queries(7):
        browser.get(address)
