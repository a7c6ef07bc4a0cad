"""The form of a request in a browser: questions that follow the answers, text and files kept as they come."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import LEA
from tests.e2e.forms import COMPLETE, LONG, make_themes
from tests.e2e.samples import exe_named, jpeg, pdf

pytestmark = pytest.mark.browser

WRITE = f"/demandes/nouvelle/{COMPLETE}/"
HOSTILE = "<img src=x onerror=alert(1)> & «\u202efdp.exe» {name}.pdf"
SAVED = re.compile(r"Enregistré à \d")


@pytest.fixture(autouse=True)
def _themes(stack):
    make_themes(stack)


def begin(stage, path=WRITE, **options):
    """Return Léa before an empty form."""
    lea = stage.member(LEA, **options)
    lea.go(path)
    return lea


def is_saved(person):
    """Wait until the server has the text."""
    expect(person.page.locator("[data-autosave-status]")).to_have_text(SAVED)


def piece(person, name):
    return person.page.locator(f"[data-piece='{name}']")


def choose(person, name, *files):
    """Choose files for a piece."""
    piece(person, name).locator("input[type=file]").set_input_files(list(files))


def test_questions_follow_the_answers_and_what_was_typed_stays(stage):
    lea = begin(stage)
    iban, receipt = lea.field("Votre IBAN"), piece(lea, "recu")
    expect(lea.page.get_by_label("Par quel moyen ?")).to_be_hidden()
    expect(receipt).to_be_hidden()

    lea.page.get_by_role("group", name="Avez-vous réglé").get_by_label("Oui").check()
    expect(lea.page.locator("[data-live]")).to_have_text("2 questions s’ajoutent plus bas.")
    expect(receipt).to_be_visible()
    lea.page.get_by_label("Par quel moyen ?").select_option("virement")
    iban.fill("FR76 3000 6000 0112 3456 7890 189")
    lea.look("depot-questions-conditionnelles")

    lea.page.get_by_role("group", name="Avez-vous réglé").get_by_label("Non").check()
    expect(iban).to_be_hidden()
    expect(receipt).to_be_hidden()
    lea.page.get_by_role("group", name="Avez-vous réglé").get_by_label("Oui").check()
    expect(iban).to_have_value("FR76 3000 6000 0112 3456 7890 189")


def test_items_of_a_block_are_added_and_taken_out_where_she_is(stage):
    lea = begin(stage)
    lea.field("Ville").fill("Brest")
    lea.press("Ajouter – Séjour")
    second = lea.page.locator("#bloc-sejours-1")
    expect(second).to_be_focused()
    second.get_by_role("textbox", name="Ville").fill("Cork")
    second.get_by_label("Oui").check()
    expect(second.get_by_label("Numéro de visa")).to_be_visible()
    expect(lea.page.locator("#bloc-sejours-0").get_by_label("Numéro de visa")).to_be_hidden()
    second.get_by_label("Numéro de visa").fill("V-12")
    lea.press("Ajouter – Séjour")
    expect(lea.page.get_by_role("button", name="Ajouter – Séjour")).to_have_count(0)
    lea.press("Retirer Séjour – 1")

    expect(lea.page.locator("#bloc-sejours")).to_be_focused()
    expect(lea.page.locator("#bloc-sejours-0").get_by_role("textbox", name="Ville")).to_have_value("Cork")
    expect(lea.page.locator("#bloc-sejours-0").get_by_label("Numéro de visa")).to_have_value("V-12")


def test_text_is_saved_as_she_types_and_found_by_a_reload(stage):
    lea = begin(stage)
    lea.field("Exposé").press_sequentially("Je tape et je ferme.")
    is_saved(lea)
    expect(lea.page).to_have_url(re.compile("brouillon="))
    lea.page.reload()

    expect(lea.field("Exposé")).to_have_value("Je tape et je ferme.")
    lea.go("/demandes/")
    lea.look("tableau-de-bord-brouillons")
    lea.follow("Supprimer Formulaire complet")
    lea.look("brouillon-supprimer")
    lea.press("Supprimer le brouillon")
    lea.sees("Brouillon supprimé.")


def test_files_go_alone_to_their_piece_and_come_back(stage):
    lea = begin(stage)
    identity = piece(lea, "identite")
    choose(lea, "identite", pdf(HOSTILE), exe_named("facture.pdf"), jpeg("été 📷.jpg"))
    expect(identity.locator("[data-file]")).to_have_count(2)
    lea.sees("« facture.pdf »")
    expect(identity.get_by_label("Je n’ai pas cette pièce")).to_be_hidden()
    lea.look("depot-fichier-refuse")
    lea.press("Effacer ce message facture.pdf")
    lea.press("Retirer <img src=x")
    expect(lea.button("Remettre <img src=x")).to_be_focused()
    lea.press("Remettre <img src=x")
    lea.press("Retirer été")
    choose(lea, "", pdf("autre.pdf"))
    expect(piece(lea, "").locator("[data-file]")).to_have_count(1)
    lea.page.reload()

    expect(identity.locator(".file-list__name")).to_have_text(
        [re.compile("<img src=x onerror=alert.1.> & .*")]
    )
    expect(piece(lea, "").locator(".file-list__name")).to_have_text(["autre.pdf"])


def test_check_page_shows_all_and_leads_back_to_each_part(stage):
    lea = begin(stage)
    lea.page.get_by_role("group", name="Avez-vous réglé").get_by_label("Non").check()
    lea.field("Exposé").fill("Rien à payer.")
    identity = piece(lea, "identite")
    identity.get_by_label("Je n’ai pas cette pièce").check()
    lea.press("Continuer : vérifier ma demande")
    lea.sees("Dites en quelques mots pourquoi vous n’avez pas cette pièce.")
    lea.look("depot-erreurs")
    identity.get_by_label("Pourquoi").fill("Volée hier, plainte déposée.")
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.sees("Raison donnée : Volée hier", "Une pièce manque")
    lea.press("Déposer ma demande")
    lea.sees("Cochez cette case pour déposer votre demande.")
    lea.look("verification-erreur")
    lea.follow("Modifier Pièces")
    expect(lea.page.locator("#pieces")).to_be_focused()
    choose(lea, "identite", pdf("carte.pdf"))
    expect(identity.locator("[data-file]")).to_have_count(1)
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.look("verification")
    lea.page.get_by_label("J’ai lu les conditions").check()
    lea.page.get_by_role("button", name="Déposer ma demande").dblclick()
    lea.title("Votre demande est déposée")
    lea.page.go_back()
    lea.page.go_back()
    lea.sees("Rien n’a été envoyé deux fois")


def test_whole_way_without_javascript(stage):
    lea = begin(stage, javascript=False)
    lea.sees("À remplir si « Avez-vous réglé des droits ? » est « oui ».")
    lea.page.get_by_role("group", name="Avez-vous réglé").get_by_label("Non").check()
    lea.field("Exposé").fill("Sans script.")
    lea.field("Ville").fill("Brest")
    lea.press("Ajouter – Séjour")
    lea.page.locator("#bloc-sejours-1").get_by_role("textbox", name="Ville").fill("Cork")
    choose(lea, "identite", pdf("recto.pdf"))
    lea.press("Joindre et continuer d’écrire Pièce d’identité")
    expect(lea.page).to_have_url(re.compile("#piece-identite$"))
    lea.press("Retirer recto.pdf")
    choose(lea, "identite", pdf("carte.pdf"))
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.sees("Sans script.", "Brest", "Cork", "carte.pdf")
    lea.page.get_by_label("J’ai lu les conditions").check()
    lea.press("Déposer ma demande")

    lea.title("Votre demande est déposée")


def test_whole_way_by_keyboard(stage):
    lea = begin(stage)
    keys = lea.page.keyboard
    reach(lea, "q-regle")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    reach(lea, "q-mode")
    keys.type("virement")
    reach(lea, "q-iban")
    keys.type("FR7630006000011234567890189")
    reach(lea, "message")
    keys.type("Au clavier.")
    reach(lea, "without-identite")
    keys.press("Space")
    reach(lea, "reason-identite")
    keys.type("Chez mes parents.")
    keys.press("Enter")
    lea.title("Vérifier votre demande")
    reach(lea, "terms")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")

    lea.title("Votre demande est déposée")


def reach(person, name, most=60):
    """Press Tab until the field `name` has the focus."""
    for _press in range(most):
        if person.page.evaluate("document.activeElement.name") == name:
            return
        person.page.keyboard.press("Tab")
    message = f"Le clavier n’atteint pas {name}."
    raise AssertionError(message)


def test_three_hundred_questions_stay_quick(stage):
    lea = begin(stage, f"/demandes/nouvelle/{LONG}/")
    ready = lea.page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    expect(lea.page.get_by_label("Question 21", exact=True)).to_be_hidden()
    lea.page.get_by_role("group", name="Question 20", exact=True).get_by_label("Oui").check()
    lea.page.get_by_label("Question 21", exact=True).fill("Vingt et un")
    with lea.page.expect_response("**/enregistrer/") as saving:
        pass
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.sees("Vingt et un")

    timing = saving.value.request.timing
    assert ready < 4000
    assert timing["responseStart"] - timing["requestStart"] < 1500
