"""The page of one request at the workbench: what helps to write, and to not write over one another."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import INES, LEA
from tickets.presence import REPEATED_EVERY

pytestmark = pytest.mark.browser

MANAGER = "francois.vauvenarc"
TEXT = "Bonjour {{ prenom }},\nvotre demande {{ reference }} est étudiée."


@pytest.fixture
def reference(stage):
    return stage.member(LEA).file("Inscription et bourse", "Bonjour, voici ma situation.")


def message(person, form="form-comment"):
    return person.page.locator(f"#{form} textarea")


def write_canned(person, title):
    """Write a canned answer of one's own."""
    person.go("/gestion/tickets/cannedanswer/add/")
    person.field("Titre").fill(title)
    person.field("Texte").fill("{{ prénom }}")
    person.press("Enregistrer", exact=True)
    person.sees("n’est pas une variable connue")
    person.look("gestion-reponse-type-erreur")
    person.field("Texte").fill(TEXT)
    person.press("Enregistrer", exact=True)
    person.follow(title)
    person.sees("Version 1")
    person.look("gestion-reponse-type")


def test_answer_is_written_from_a_canned_one_and_a_quotation(stage, reference):
    ines = stage.member(INES)
    write_canned(ines, "Demande étudiée")

    ines.handle(reference)
    ines.page.get_by_label("Chercher une réponse type").fill("étudiée")
    ines.page.keyboard.press("Enter")
    expected = f"Bonjour Léa,\nvotre demande {reference} est étudiée."
    expect(message(ines)).to_have_value(expected)
    ines.press("Citer dans la réponse")

    expect(message(ines)).to_have_value(f"{expected}\n\n> Bonjour, voici ma situation.\n")


def test_menu_opens_and_closes_by_keyboard(stage, reference):
    ines = stage.member(INES)
    ines.handle(reference)
    summary = ines.page.locator("summary", has_text="Autres actions")
    inside = ines.link("Changer de thème")

    summary.focus()
    ines.page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    ines.look("gestion-autres-actions")
    ines.page.keyboard.press("Escape")

    expect(inside).to_be_hidden()
    expect(summary).to_be_focused()


def test_keys_lead_to_the_answer_and_to_the_note_but_not_while_typing(stage, reference):
    ines = stage.member(INES)
    ines.handle(reference)
    ines.page.wait_for_load_state()  # keys do nothing before the scripts are there

    ines.page.keyboard.press("n")
    expect(message(ines, "form-note")).to_be_focused()
    ines.page.keyboard.type("rien")
    expect(message(ines, "form-note")).to_have_value("rien")
    ines.page.locator("h1").click()
    ines.page.keyboard.press("r")

    expect(message(ines)).to_be_focused()


def test_two_handlers_know_of_each_other_and_neither_writes_unaware(stage, reference):
    ines, manager = stage.member(INES), stage.member(MANAGER)
    ines.handle(reference)
    message(ines).fill("Réponse longuement pesée.")
    manager.handle(reference)
    # Two first signs at the same instant may forget one; the next comes REPEATED_EVERY seconds later.
    seen = manager.page.get_by_text("Inès Calanquet").locator("visible=true").first
    expect(seen).to_be_visible(timeout=3 * REPEATED_EVERY * 1000)

    message(manager).fill("Je réponds le premier.")
    manager.press("Envoyer au demandeur")
    manager.sees("Votre message est ajouté.")
    ines.press("Envoyer au demandeur")

    ines.sees("Ce qui est arrivé pendant que vous écriviez", "Je réponds le premier.")
    expect(ines.page.locator("textarea[name=message]")).to_have_value("Réponse longuement pesée.")
    ines.look("gestion-du-nouveau")
    ines.press("Ajouter un message", exact=True)
    ines.sees("Votre message est ajouté.")


def test_colleague_named_in_a_note_receives_it(stage, reference):
    ines = stage.member(INES)
    manager = stage.member(MANAGER)
    ines.handle(reference)

    ines.page.get_by_label("Prévenir un collègue").select_option(label="François Vauvenarc")
    ines.press("Mentionner")
    expect(message(ines, "form-note")).to_have_value(f"@{MANAGER} ")
    message(ines, "form-note").press_sequentially("qu’en penses-tu ?")
    ines.press("Enregistrer la note")

    ines.sees("Note interne ajoutée.")
    expect(ines.page.locator(".mention")).to_have_text(f"@{MANAGER}")
    mail = stage.stack.wait_for_mail(to=manager.email, subject=f"[{reference}] Inès Calanquet vous mentionne")
    assert "qu’en penses-tu" in mail.text


def test_without_javascript_words_are_added_and_nothing_is_lost(stage, reference):
    ines = stage.member(INES, javascript=False)
    ines.handle(reference)

    message(ines).fill("Bonjour,")
    ines.press("Citer dans la réponse")

    words = ines.page.locator("textarea[name=message]")
    expect(words).to_have_value("Bonjour,\n\n> Bonjour, voici ma situation.\n")
