"""A list of choices drawn quickly is the one Django draws."""

import pytest
from django import forms
from django.test.html import parse_html

from teledemande.widgets import QuickSelect

FLAT = [("", "tous"), ("a", "L’un & l’autre"), ("<b>", "<script>"), (3, "trois")]
GROUPED = [("", "–"), ('Groupe "un"', [("a", "A"), ("b", "B")]), ("c", "C")]


@pytest.mark.parametrize("choices", [FLAT, GROUPED])
@pytest.mark.parametrize("value", [None, "", "a", "<b>", 3, "inconnu"])
def test_same_as_that_of_django(choices, value):
    attrs = {"class": "form-select", "id": "un", "required": True, "disabled": False}
    quick, usual = (kind(attrs, choices).render("etat", value) for kind in (QuickSelect, forms.Select))

    assert parse_html(quick) == parse_html(usual)


def test_option_with_attributes_of_its_own_keeps_them():
    class Marked:
        def create_option(self, *args, **options):
            option = super().create_option(*args, **options)
            return option | {"attrs": option["attrs"] | {"disabled": True}}

    classes = [type("Select", (Marked, kind), {}) for kind in (QuickSelect, forms.Select)]
    quick, usual = (kind(None, FLAT).render("etat", "a") for kind in classes)

    assert "disabled" in quick
    assert parse_html(quick) == parse_html(usual)
