"""Statistics, absences and the access of administrators, by the keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.actors import FRANCOIS, INES, THEODORA
from tests.e2e.keyboard import activate, tab_to, type_in

pytestmark = pytest.mark.browser


def type_day(person, words, day):
    """Go to the day `words` and type it, month first or day first as the browser has it."""
    tab_to(person, words)
    keyboard = person.page.keyboard
    for typed in (f"{day:%m%d%Y}", f"{day:%d%m%Y}"):
        keyboard.type(typed)
        if person.page.evaluate("document.activeElement.value") == f"{day:%Y-%m-%d}":
            return
        for _part in range(2):
            keyboard.press("ArrowLeft")
    pytest.fail(f"« {words} » ne prend pas le jour tapé")


def test_statistics_are_narrowed_and_read(stage):
    francois = stage.member(FRANCOIS)
    francois.go("/gestion/")
    activate(francois, "Statistiques")
    francois.title("Statistiques")
    activate(francois, "Délais")
    francois.at("/gestion/statistiques/delais/")
    since = timezone.localdate() - timedelta(days=60)

    activate(francois, "Choisir les dates, filtrer, répartir")
    type_day(francois, "Du", since)
    activate(francois, "Répartition", "ArrowDown")
    activate(francois, "Afficher")

    francois.page.wait_for_url(f"**depuis={since:%Y-%m-%d}*")
    francois.sees("Délai de première réaction, par service")
    tab_to(francois, "Exporter (CSV)")
    with francois.page.expect_download() as download:
        francois.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


def test_absence_is_noted_and_taken_back(stage):
    ines = stage.member(INES)
    today = timezone.localdate()
    ines.go("/gestion/")
    activate(ines, "Absences")
    ines.at("/gestion/absences/")

    type_day(ines, "Premier jour", today)
    type_day(ines, "Dernier jour", today)
    activate(ines, "Noter l’absence")

    ines.sees("Absence notée")
    activate(ines, "Retirer Inès")
    ines.sees("Aucune absence notée.")


def test_administrator_says_why_she_reads(stage):
    theodora = stage.member(THEODORA)
    theodora.go("/gestion/")
    activate(theodora, "Accès confidentiel")
    theodora.title("Lire une demande confidentielle")

    activate(theodora, "Ouvrir la lecture pendant une heure")

    theodora.sees("Indiquez le numéro de la demande.", "Dites pourquoi vous devez lire cette demande.")
    activate(theodora, "Indiquez le numéro de la demande.")
    expect(theodora.field("Numéro de la demande")).to_be_focused()
    theodora.page.keyboard.type("TD-2020-000001")
    type_in(theodora, "Raison de l’accès", "Une enquête.")
    activate(theodora, "Ouvrir la lecture pendant une heure")
    theodora.sees("Aucune demande n’a ce numéro.")
