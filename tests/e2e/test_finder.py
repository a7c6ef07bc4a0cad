"""« Que cherchez-vous ? » in a browser: as one types, by keyboard, without JavaScript, while filing."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import LEA

pytestmark = pytest.mark.browser

CARD = "Duplicata de carte d'étudiant"


def _field(person):
    return person.page.get_by_label("Que cherchez-vous")


def _first(person):
    return person.page.locator(".result__link").first


def test_themes_are_shown_as_one_types_and_counted_aloud(stage):
    visitor = stage.person()
    visitor.go("/themes/")
    _field(visitor).press_sequentially("perdu carte etudiante", delay=20)

    expect(_first(visitor)).to_have_text(CARD)
    expect(
        visitor.page.get_by_role("status").filter(has_text="pour « perdu carte etudiante »")
    ).to_be_attached()
    visitor.look("recherche-resultats")
    _field(visitor).fill("zygomorphe")
    expect(visitor.page.locator(".empty")).to_contain_text("Essayez un autre mot")
    visitor.look("recherche-sans-theme")
    _field(visitor).fill("")
    expect(visitor.page.locator(".result")).to_have_count(0)


def test_the_keyboard_goes_from_the_field_to_the_themes_and_back(stage):
    visitor = stage.person()
    visitor.go("/themes/")
    _field(visitor).press_sequentially("payer en trois fois")
    expect(_first(visitor)).to_contain_text("plusieurs fois")

    _field(visitor).press("ArrowDown")
    expect(_first(visitor)).to_be_focused()
    visitor.page.keyboard.press("ArrowUp")
    expect(_field(visitor)).to_be_focused()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    visitor.at("/themes/paiement-echelonne/")

    visitor.page.go_back()
    expect(_field(visitor)).to_have_value("payer en trois fois")
    expect(_first(visitor)).to_contain_text("plusieurs fois")


def test_enter_gives_the_page_with_an_address_to_share(stage):
    visitor = stage.person()
    visitor.go("/")
    _field(visitor).fill("année de césure")
    _field(visitor).press("Enter")

    expect(_first(visitor)).to_have_text("Période de césure")
    assert "/themes/?q=ann%C3%A9e+de+c%C3%A9sure" in visitor.page.url


def test_without_javascript_the_same_themes_come_by_page(stage):
    visitor = stage.person(javascript=False)
    visitor.go("/themes/")
    _field(visitor).fill("voir ma copie de partiel")
    visitor.press("Chercher")

    expect(_first(visitor)).to_contain_text("copie d'examen")


def test_what_is_asked_elsewhere_has_its_page(stage):
    visitor = stage.person()
    visitor.go("/themes/?q=logement crous")
    expect(visitor.page.get_by_role("heading", name="Cela se demande ailleurs")).to_be_visible()
    visitor.look("recherche-ailleurs")
    visitor.follow("Demander une bourse ou un logement (CROUS)")

    visitor.at("/ailleurs/bourse-et-logement-crous/")
    visitor.look("ailleurs-crous")


def test_while_filing_what_is_found_leads_to_the_form(stage):
    lea = stage.member(LEA)
    lea.go("/demandes/nouvelle/?etape=theme")
    _field(lea).press_sequentially("refaire ma carte")

    expect(_first(lea)).to_have_attribute("href", "/demandes/nouvelle/carte-etudiante/")
    lea.look("depot-recherche")
    lea.press("Chercher")
    expect(_first(lea)).to_have_attribute("href", "/demandes/nouvelle/carte-etudiante/")
