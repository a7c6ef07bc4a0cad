"""The words of mails, as a manager writes them: drawn, previewed, refused, saved, taken back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import FRANCOIS, INES, LEA

pytestmark = pytest.mark.browser

CLOSING = "Le guichet est fermé du 3 au 14 août."


def closing(person):
    """Return the field of the closing words, in French."""
    return person.page.locator("#id_closing_fr")


def test_manager_words_a_mail_and_takes_it_back(stage):
    reference = stage.member(LEA).file("Un mot de la fin", "Bonjour, voici ma demande.")
    ines, francois = stage.member(INES), stage.member(FRANCOIS)
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.sees_status("En cours")

    francois.go("/gestion/")
    francois.follow("Textes des courriels")
    francois.look("gestion-textes-courriels")
    francois.follow("Prise en charge", exact=True)
    closing(francois).fill("Bonjour {{ prénom }}")
    francois.press("Enregistrer", exact=True)
    francois.sees("« prénom » n’est pas une variable connue")
    francois.look("gestion-texte-courriel-erreur")

    closing(francois).fill("Bonjour , et merci.")
    closing(francois).evaluate("(text) => text.setSelectionRange(8, 8)")
    francois.page.get_by_label("Insérer").first.select_option("prenom")
    francois.press("Insérer", exact=True)
    expect(closing(francois)).to_have_value("Bonjour {{ prenom }}, et merci.")

    closing(francois).fill(CLOSING)
    francois.press("Voir l’aperçu", exact=True)
    frame = francois.page.frame_locator("iframe")
    expect(frame.get_by_text(CLOSING)).to_be_visible()
    assert frame.locator("h1").evaluate("(title) => getComputedStyle(title).fontSize") == "21.6px"
    francois.press("Enregistrer", exact=True)
    francois.sees("Texte du courriel enregistré.")
    francois.page.locator("summary", has_text="Version 1").click()
    francois.look("gestion-texte-courriel")

    francois.press("Revenir au texte d’origine", exact=True)
    francois.sees("Le courriel")
    expect(closing(francois)).to_have_value("")
