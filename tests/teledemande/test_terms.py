"""The terms of use say which version they are: the one a request bears."""

from django.urls import reverse

from teledemande.terms import TERMS_VERSION
from tests.pages import words_of


def test_terms_say_their_version_and_their_day(client, db):
    page = words_of(client.get(reverse("terms")))

    assert f"Version {TERMS_VERSION}, en vigueur depuis le 24 novembre 2026" in page
