"""Questions and answers in a browser: by mouse, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import INES, LEA, THEME, THEODORA
from tests.e2e.test_ways import activate, tab_to, type_in

pytestmark = pytest.mark.browser

ADD = "/gestion/categories/faqentry/add/"
CARD, CARD_SLUG = "Duplicata de carte d'étudiant", "carte-etudiante"
BODY = "# Le délai\n\nComptez **dix jours** ; voyez aussi les [autres thèmes](/themes/)."


@pytest.fixture
def theodora(stage):
    """An administrator."""
    return stage.member(THEODORA)


def write(person, title, body=BODY, theme=THEME):
    """Fill the form of a question, and leave it open."""
    person.go(ADD)
    person.field("Question ou rubrique").fill(title)
    person.field("Réponse").fill(body)
    person.page.get_by_label("Thèmes").select_option(label=f"\u2003{theme}")


def publish(person, title, **words):
    """Write a question and publish it; return the address of its page."""
    write(person, title, **words)
    person.press("Enregistrer")
    person.sees("a été ajouté")
    person.follow(title)
    person.follow("Voir la page")
    person.title(title)
    return person.page.url.removeprefix(person.stage.url)


def test_an_administrator_writes_and_sees_it_as_readers_will(theodora):
    write(theodora, "Combien de jours compter ?", "Voir [ici](/themes/).")
    preview = theodora.page.locator("[data-preview]")

    expect(preview).to_contain_text("À corriger. Ligne 1")
    theodora.press("Enregistrer")
    theodora.sees("ne dit pas où il mène")
    theodora.look("faq-editor-error")
    theodora.field("Réponse").fill(BODY)
    expect(preview.get_by_role("heading", name="Le délai", level=3)).to_be_visible()
    expect(preview.get_by_role("list")).to_have_count(0)
    theodora.look("faq-editor")
    theodora.press("Enregistrer")
    theodora.sees("Combien de jours compter ?")
    theodora.look("faq-list-of-staff")


def test_a_visitor_reads_by_keyboard_and_says_it_helped(stage, theodora):
    address = publish(theodora, "Où lire les délais ?")
    visitor = stage.person()
    visitor.go("/questions-frequentes/")
    visitor.look("faq")

    activate(visitor, "Où lire les délais ?")
    visitor.title("Où lire les délais ?")
    visitor.look("faq-entry")
    activate(visitor, "Oui, utile", key="Space")
    visitor.sees("Merci, votre avis est enregistré.")
    visitor.look("faq-entry-said")

    visitor.at(address)
    theodora.go("/gestion/categories/faqentry/")
    row = theodora.page.get_by_role("row").filter(has_text="Où lire les délais ?")
    expect(row.locator(".table__number")).to_have_text(["1", "0", "0"])


def test_everything_works_without_javascript(stage):
    theodora = stage.member(THEODORA, javascript=False)
    write(theodora, "Sans script ?", "Du **gras**.")
    theodora.press("Mettre l’aperçu à jour")
    theodora.sees("Rien n’est encore enregistré.")
    expect(theodora.page.locator("[data-preview] strong")).to_have_text("gras")
    theodora.press("Enregistrer")
    theodora.sees("Sans script ?")

    lea = stage.member(LEA, javascript=False)
    lea.go("/questions-frequentes/")
    lea.follow("Sans script ?")
    lea.press("Non, pas utile")
    lea.sees("Merci, votre avis est enregistré.")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_an_answer_spares_a_request(stage, theodora, javascript):
    title = f"Faut-il une {'lettre' if javascript else 'photo'} ?"
    address = publish(theodora, title, theme=CARD)
    lea = stage.member(LEA, javascript=javascript)
    lea.go(f"/themes/{CARD_SLUG}/")
    lea.page.locator("summary").filter(has_text=title).click()
    lea.look("faq-before-form")
    lea.press(f"Oui, ma question est résolue ({title})")
    lea.title("Tant mieux")
    lea.look("faq-solved")
    lea.follow(title)
    lea.at(address)

    theodora.go("/gestion/categories/faqentry/")
    row = theodora.page.get_by_role("row").filter(has_text=title)
    expect(row.locator(".table__number")).to_have_text(["0", "0", "1"])


def test_what_is_withdrawn_is_kindly_missing(stage, theodora):
    address = publish(theodora, "Une réponse périmée ?")
    theodora.go("/gestion/categories/faqentry/")
    theodora.follow("Une réponse périmée ?")
    theodora.page.get_by_label("Publiée").uncheck()
    theodora.press("Enregistrer")
    visitor = stage.person()

    with visitor.expecting(404):
        visitor.go(address)
        visitor.title("Cette réponse n’est plus ici")
        visitor.look("faq-missing")
    activate(visitor, "Voir les questions fréquentes")
    visitor.title("Questions fréquentes")
    visitor.sees_nothing_of("Une réponse périmée ?")


def test_a_question_is_written_by_keyboard_alone(theodora):
    theodora.go(ADD)
    type_in(theodora, "Question ou rubrique", "Au clavier ?")
    type_in(theodora, "Réponse", "Oui.")
    tab_to(theodora, "Publiée")
    activate(theodora, "Enregistrer")

    theodora.sees("Au clavier ?")


def test_a_handler_has_no_such_room(stage):
    ines = stage.member(INES)

    with ines.expecting(404):
        ines.go("/gestion/categories/faqentry/")
        ines.title("Cette page n’existe pas")
