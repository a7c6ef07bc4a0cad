"""The same steps by other ways: the keyboard alone, no JavaScript, a telephone 320 px wide."""

import pytest
from playwright.sync_api import expect

from tests.e2e import samples
from tests.e2e.actors import BRANCH, HELENE, INES, LEA, MESSAGE, PERSONAS, THEME
from tests.e2e.keyboard import activate, tab_to, type_in
from tests.e2e.looks import sticking_out

pytestmark = pytest.mark.browser


# --- keyboard --------------------------------------------------------------------------------------------
def test_a_request_lives_by_keyboard_alone(stage):
    helene = stage.person()
    helene.go("/")
    activate(helene, "Aller au contenu")
    activate(helene, "Formuler une demande")
    helene.title("Connexion")
    activate(helene, "Se connecter avec le compte AMU")
    expect(helene.page.get_by_label("Identifiant")).to_be_visible()
    type_in(helene, "Identifiant", HELENE)
    type_in(helene, "Mot de passe", PERSONAS[HELENE].password)
    helene.page.keyboard.press("Enter")
    helene.title("Formuler une demande")
    activate(helene, "Suivant")
    helene.title("Choisir un thème")
    activate(helene, BRANCH)
    activate(helene, THEME)
    give_address_by_keyboard(helene)
    helene.title(THEME)
    helene.fill_request("Au clavier", "Sans souris.")  # field by field: test_filing.py
    tab_to(helene, "Fichiers attachés")
    helene.attach(samples.pdf())  # the chooser is the system's own window
    activate(helene, "Continuer : vérifier ma demande")
    helene.title("Vérifier votre demande")
    tab_to(helene, "J’ai lu les conditions")
    helene.page.keyboard.press("Space")
    activate(helene, "Déposer ma demande")
    helene.title("Votre demande est déposée")
    activate(helene, "Voir ma demande")
    helene.sees_status("Reçue, en attente de prise en charge")
    reference = helene.reference()
    activate(helene, "Retirer ma demande")
    helene.title("Retirer ma demande")
    activate(helene, "Retirer ma demande")
    helene.sees_status("Retirée")

    activate(helene, "Recherche")
    helene.title("Recherche")
    type_in(helene, "Numéro ou mots", reference)
    helene.page.keyboard.press("Enter")
    helene.page.wait_for_url("**q=*")  # « 1 demande » is in « 21 demandes » too
    helene.sees("1 demande")


def give_address_by_keyboard(person):
    """Give the postal address, if it is asked."""
    if person.heading() != "Votre adresse postale":
        return
    type_in(person, "Numéro et rue", "1 place de la Rotonde")
    type_in(person, "Code postal", "13100")
    type_in(person, "Ville", "Aix-en-Provence")
    activate(person, "Enregistrer et continuer")


def test_a_handler_works_by_keyboard_alone(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Traitée au clavier", "Sans souris de l’autre côté.")
    ines.go("/gestion/")
    activate(ines, "À prendre")
    ines.title("Demandes : à prendre")
    type_in(ines, "Numéro ou mots", reference)
    ines.page.keyboard.press("Enter")
    ines.page.wait_for_url("**q=*")
    ines.sees("1 demande")
    activate(ines, f"{reference} Traitée au clavier")
    ines.sees(f"Demande {reference}")
    activate(ines, "Prendre en charge")
    ines.sees("Demande prise en charge.")
    activate(ines, "Poser une question")
    ines.title("Poser une question")
    type_in(ines, "Votre question", "Une date ?")
    activate(ines, "Poser une question")

    ines.sees("Question envoyée au demandeur.")


# --- without JavaScript ------------------------------------------------------------------------------------
def test_a_request_lives_without_javascript(stage):
    lea, ines = stage.member(LEA, javascript=False), stage.member(INES, javascript=False)
    lea.go("/demandes/nouvelle/?etape=theme")
    lea.page.locator("summary").filter(has_text=BRANCH).click()
    lea.follow(THEME)
    lea.fill_request("Sans JavaScript", "Tout marche.", samples.pdf("un.pdf"), samples.jpeg("deux.jpg"))
    lea.press("Joindre et continuer d’écrire Fichiers attachés")
    lea.sees("un.pdf", "deux.jpg")
    expect(lea.field("Objet")).to_have_value("Sans JavaScript")
    expect(lea.field(MESSAGE)).to_have_value("Tout marche.")
    lea.press("Retirer deux.jpg")
    lea.sees("un.pdf")
    lea.sees_nothing_of("deux.jpg")
    lea.press("Continuer : vérifier ma demande")
    lea.deposit()
    lea.title("Votre demande est déposée")
    reference = lea.reference()

    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.move("Poser une question", "Quelle année ?")
    lea.open(reference)
    lea.field("Votre réponse").fill("2026.")
    lea.press("Envoyer", exact=True)
    lea.sees("Votre réponse est envoyée.", "2026.")
    ines.handle(reference)
    ines.move("Répondre et clôturer", "C’est fait.", Issue="acceptée")
    lea.open(reference)
    lea.follow("Oui, j’approuve la clôture")
    lea.press("Oui, j’approuve la clôture", exact=True)
    lea.sees_status("Terminée, clôture approuvée")


def test_nothing_that_needs_javascript_is_offered_without_it(stage):
    visitor = stage.person(javascript=False)
    visitor.go("/themes/")

    expect(visitor.page.get_by_text("Tout déplier")).to_be_hidden()
    expect(visitor.page.get_by_text("Tout replier")).to_be_hidden()


def test_the_home_finder_works_without_javascript(stage):
    visitor = stage.person(javascript=False)
    visitor.go("/")
    visitor.page.get_by_label("Que cherchez-vous").fill("inscription tardive")
    visitor.press("Chercher")

    expect(visitor.link(THEME)).to_be_visible(timeout=2000)


# --- telephone -------------------------------------------------------------------------------------------
def test_a_request_lives_on_a_small_telephone(stage):
    lea, ines = stage.member(LEA, phone=True), stage.member(INES, phone=True)
    lea.go("/demandes/nouvelle/?etape=theme")
    fits(lea)
    lea.page.locator("summary").filter(has_text=BRANCH).tap()
    lea.link(THEME).tap()
    lea.fill_request(
        "Depuis mon téléphone", "M" * 400, samples.jpeg("photo-au-nom-" + "tres-" * 15 + "long.jpg")
    )
    fits(lea)
    lea.button("Continuer : vérifier ma demande").tap()
    lea.title("Vérifier votre demande")
    fits(lea)
    lea.accept_terms()
    lea.button("Déposer ma demande").tap()
    lea.title("Votre demande est déposée")
    fits(lea)
    reference = lea.reference()

    ines.handle(reference)
    fits(ines)
    ines.button("Prendre en charge", exact=True).tap()
    ines.move("Poser une question", "Q" * 200)
    fits(ines)
    lea.open(reference)
    lea.link("Répondre", exact=True).tap()
    lea.field("Votre réponse").fill("R" * 200)
    lea.button("Envoyer", exact=True).tap()
    lea.sees("Votre réponse est envoyée.")
    fits(lea)


def fits(person):
    """Make sure that nothing sticks out of the telephone."""
    assert sticking_out(person.page) == [], person.page.url
