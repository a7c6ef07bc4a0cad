"""What administrators read of what a person says of herself."""

import pytest
from django.urls import reverse

from tests.factories import LocalPersonFactory
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_what_she_says_of_herself_is_read_whole(client_of, adam):
    person = LocalPersonFactory(
        first_name="Marc",
        last_name="Aubert",
        usage_name="Aubert-Roche",
        phone="+33465710001",
        body_kind="company",
        body_name="Atelier Roche",
        siret="73282932000074",
    )

    page = words_of(client_of(adam).get(reverse("admin:accounts_user_change", args=[person.pk])))

    for words in (
        "Marc Aubert-Roche",
        "Marc Aubert",
        "04 65 71 00 01",
        "au nom d’une entreprise, Atelier Roche, 732 829 320 00074",
    ):
        assert words in page


def test_a_person_is_found_by_the_name_she_goes_by(client_of, adam):
    LocalPersonFactory(first_name="Marc", last_name="Aubert", usage_name="Roche")
    LocalPersonFactory(first_name="Zoé", last_name="Ferrand")

    found = words_of(client_of(adam).get(reverse("admin:accounts_user_changelist"), {"q": "roche"}))

    assert ("Marc Roche" in found, "Zoé Ferrand" in found) == (True, False)
