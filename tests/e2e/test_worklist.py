"""The list of requests at the desk: by keyboard, by views, several at once; and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import INES, LEA

pytestmark = pytest.mark.browser

LIST = "/gestion/tickets/ticket/"
FREE = f"{LIST}?vue=a-prendre&q=pupitre&tri=recentes"


_FILED = []


@pytest.fixture
def filed(stage):
    """Return the references of three requests, the last one first; filed once, each test has its own."""
    if not _FILED:
        lea = stage.member(LEA)
        _FILED.extend([lea.file(f"Pupitre {number}", "À traiter.") for number in (1, 2, 3)][::-1])
    return _FILED


def focused(person):
    return person.page.evaluate("document.activeElement.textContent").strip()


def keys(person, *names):
    for name in names:
        person.page.keyboard.press(name)


def test_list_is_worked_by_keyboard(stage, filed):
    ines = stage.member(INES)
    ines.go(FREE)

    keys(ines, "j")
    assert focused(ines).startswith(filed[0])
    keys(ines, "j", "j", "j", "k")
    assert focused(ines).startswith(filed[1])
    keys(ines, "x")
    expect(ines.page.get_by_label(f"Choisir {filed[1]}")).to_be_checked()
    keys(ines, "/", "End", "j")
    assert ines.page.evaluate("document.activeElement.value") == "pupitrej"
    keys(ines, "Tab", "?")
    ines.sees("afficher cette aide")
    ines.look("gestion-raccourcis")
    keys(ines, "Escape")
    ines.page.get_by_role("link", name=filed[0]).focus()
    keys(ines, "Enter")
    ines.sees(f"Demande {filed[0]}")


def test_next_request_is_one_click_away_after_a_move(stage, filed):
    ines = stage.member(INES)
    ines.go(FREE)
    expect(ines.page.locator(".work-table__unread").first).to_be_visible()
    ines.follow(filed[0])
    ines.look("gestion-demande-dans-la-liste")
    ines.press("Prendre en charge", exact=True)
    ines.sees_status("En cours")

    keys(ines, "j")

    ines.sees(f"Demande {filed[1]}")
    ines.follow("Retour à la liste")
    expect(ines.page.get_by_role("link", name=filed[0])).to_have_count(0)


def test_bulk_move_asks_and_reports(stage, filed):
    ines = stage.member(INES)
    ines.go(FREE)
    ines.page.get_by_label(f"Choisir {filed[1]}").check()
    ines.press("Changer la priorité…")
    ines.title("Changer la priorité")
    ines.look("gestion-lot-priorite")
    ines.page.get_by_label("Priorité").select_option(label="urgente")
    ines.press("Changer la priorité", exact=True)

    ines.sees("Changement de priorité\u00a0: 1 faite.")


def test_view_is_saved_renamed_and_deleted(stage, filed):
    ines = stage.member(INES)
    ines.go(FREE)
    ines.follow("Enregistrer cette vue")
    ines.look("gestion-vue-nouvelle")
    ines.field("Nom de la vue").fill("Pupitres")
    ines.press("Enregistrer")
    ines.sees("Vue enregistrée\u00a0: Pupitres.")
    expect(ines.page.locator(".saved-views [aria-current=page]")).to_have_text(re.compile("Pupitres"))
    ines.look("gestion-liste-et-vues")
    ines.follow("Gérer les vues")
    ines.look("gestion-vues")
    ines.follow("Supprimer Pupitres")
    ines.look("gestion-vue-supprimer")
    ines.press("Supprimer la vue")

    ines.sees("Vue supprimée\u00a0: Pupitres.")


def test_columns_and_shortcuts_are_hers(stage, filed):
    ines = stage.member(INES)
    ines.go(f"{LIST}affichage/")
    ines.look("gestion-affichage")
    ines.page.get_by_label("Priorité").check()
    ines.page.get_by_label("Raccourcis clavier d’une seule touche").uncheck()
    ines.press("Enregistrer")
    ines.sees("Affichage enregistré.")
    keys(ines, "j")
    assert ines.page.evaluate("document.activeElement === document.body")
    ines.look("gestion-liste-colonnes")
    ines.go(f"{LIST}affichage/")
    ines.press("Revenir à l’affichage habituel")

    ines.sees("La liste s’affiche de nouveau comme pour tout le monde.")


def test_counters_are_asked_again(stage, filed):
    ines = stage.member(INES)
    ines.page.clock.install()
    ines.go(LIST)
    place = ines.page.locator("[data-counter=a-prendre]")
    before = int(place.inner_text())
    stage.member(LEA).file("Pupitre de plus", "À traiter.")

    ines.page.clock.run_for(61_000)

    expect(place).to_have_text(str(before + 1))


def test_list_works_without_scripts(stage, filed):
    ines = stage.member(INES, javascript=False)
    ines.go(FREE)
    expect(ines.page.get_by_role("button", name="Raccourcis clavier")).to_have_count(0)
    ines.page.get_by_label("Aller au numéro").fill(filed[2])
    ines.press("Ouvrir", exact=True)
    ines.sees(f"Demande {filed[2]}")
    ines.go(FREE)
    ines.page.get_by_label(f"Choisir {filed[2]}").check()
    ines.press("Prendre en charge les demandes cochées")

    ines.sees("Prise en charge\u00a0: 1 faite.")
