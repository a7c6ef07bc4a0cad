"""An administrator keeps the sheet of a theme, and cannot publish one that is not whole."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import FRANCOIS, THEODORA

pytestmark = pytest.mark.browser

THEME = "Inscription dans un second établissement ou une seconde formation"
SHEET = "/themes/double-inscription/"
LIST = "/gestion/categories/category/"
BASIS = "code éduc. D612-7; CRPA L231-1"


def open_sheet(person):
    """Go to the sheet of the theme, from the list."""
    person.go(LIST)
    person.title("Thèmes")
    person.follow(THEME, exact=True)
    person.title(THEME)


def save(person):
    person.press("Enregistrer", exact=True)


def test_administrator_edits_a_sheet_and_the_public_reads_it(stage):
    theodora = stage.member(THEODORA)
    open_sheet(theodora)
    theodora.look("gestion-theme")
    theodora.write(Présentation="Pour suivre deux formations la même année.")
    theodora.page.get_by_label("associations").check()
    save(theodora)
    theodora.title("Thèmes")
    theodora.look("gestion-themes")

    visitor = stage.person()
    visitor.go(SHEET)

    visitor.title(THEME)
    visitor.sees(
        "Pour suivre deux formations la même année.", "Étudiants, personnes extérieures, associations"
    )
    visitor.look("theme-fiche")


def test_theme_without_a_legal_basis_is_not_published(stage):
    theodora, visitor = stage.member(THEODORA), stage.person()
    open_sheet(theodora)
    theodora.page.get_by_label("Publié", exact=True).uncheck()
    theodora.write(Fondement_juridique="")
    save(theodora)
    theodora.title("Thèmes")
    with visitor.expecting(404):
        visitor.go(SHEET)

    open_sheet(theodora)
    theodora.sees("Pour publier ce thème, il manque")
    theodora.look("gestion-theme-incomplet")
    theodora.page.get_by_label("Publié", exact=True).check()
    save(theodora)
    theodora.sees("Votre saisie est à corriger", "Indiquez le texte qui fixe le régime du silence.")
    theodora.look("gestion-theme-erreurs")
    theodora.page.locator(".error-summary a").click()
    expect(theodora.field("Fondement juridique")).to_be_focused()
    theodora.write(Fondement_juridique=BASIS)
    save(theodora)
    theodora.title("Thèmes")

    visitor.go(SHEET)
    visitor.sees(BASIS)


def test_manager_keeps_the_sheet_and_reads_the_regime(stage):
    francois = stage.member(FRANCOIS)
    open_sheet(francois)

    francois.sees("Ce que les administrateurs décident", BASIS)
    expect(francois.page.get_by_label("Régime du silence")).to_have_count(0)
    francois.look("gestion-theme-responsable")
    francois.write(Délai_de_réponse="deux mois au plus")
    save(francois)
    francois.title("Thèmes")

    francois.go(SHEET)
    francois.sees("deux mois au plus")
