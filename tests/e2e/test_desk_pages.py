"""Every page and state of the workbench is looked at: axe, 320 and 1280 px, light and dark."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.actors import FRANCOIS, INES, LEA, MAELLE, NOE, THEODORA

pytestmark = pytest.mark.browser

LIST = "/gestion/tickets/ticket/"
CHAPTERS = ("", "delais/", "horaires/", "issues/", "a-venir/", "mes-chiffres/")
# Pages of acts that no journey of the other files opens.
ACTS = ("Remettre à disposition", "Transmettre à une autre administration", "Changer l’objet")
MANAGERS_ACTS = ("Changer le demandeur", "Inviter une personne", "Confier à un collègue")


@pytest.fixture
def reference(stage):
    return stage.member(LEA).file("Pages de la gestion", "Bonjour, voici ma demande.")


def unfold(person):
    """Open « Autres actions »."""
    person.page.locator("summary", has_text="Autres actions").click()


def looks_at_acts(person, reference, labels, prefix):
    """Open the page of each act, look, and come back."""
    for rank, label in enumerate(labels):
        person.handle(reference)
        unfold(person)
        person.follow(label, exact=True)
        person.title(label)
        person.look(f"{prefix}-{rank}")


def test_pages_of_acts_and_their_errors(stage, reference):
    ines, francois = stage.member(INES), stage.member(FRANCOIS)
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.sees_status("En cours")
    looks_at_acts(ines, reference, ACTS, "gestion-acte")
    ines.handle(reference)
    unfold(ines)
    ines.follow("Joindre à une autre demande", exact=True)
    ines.page.get_by_label("Numéro de l’autre demande").fill("TD-2020-000009")
    ines.press("Joindre à une autre demande", exact=True)
    ines.look("gestion-acte-erreur")
    looks_at_acts(francois, reference, MANAGERS_ACTS, "gestion-acte-responsable")


def test_request_reported_marked_and_followed(stage, reference):
    ines, francois = stage.member(INES), stage.member(FRANCOIS)
    ines.handle(reference)
    ines.press("Suivre cette demande")
    ines.press("Poser un signet")
    ines.sees("Signet posé.")
    unfold(ines)
    ines.move("Signaler un abus", "Dix envois du même texte.")
    ines.sees("Signalée abusive")
    ines.look("gestion-demande-signalee")
    francois.handle(reference)
    unfold(francois)
    francois.look("gestion-responsable-autres-actions")
    francois.move("Confirmer l’abus", "Un programme les envoie.")

    ines.go(f"{LIST}?vue=suivies&q={reference}")
    ines.sees("Abus confirmé")
    ines.look("gestion-suivies")
    ines.go("/signets/")
    ines.follow("Pages de la gestion")
    ines.sees(f"Demande {reference}", "Repères")
    ines.follow("Qui peut voir cette demande, et pourquoi")
    ines.look("gestion-lecteurs")
    ines.go("/signets/")
    ines.look("signets-de-gestionnaire")


def test_list_filters_and_report_of_a_bulk_act(stage, reference):
    ines = stage.member(INES)
    ines.go(f"{LIST}?vue=toutes&q={reference}&etat=non-traitees&depuis=hier")
    ines.look("gestion-filtres-erreur")
    ines.go(f"{LIST}?vue=toutes&q={reference}")
    ines.page.get_by_label(f"Choisir {reference}").check()
    ines.press("Libérer…")
    ines.look("gestion-lot-liberer")
    ines.press("Remettre à disposition", exact=True)
    ines.sees("1 refusée")
    ines.look("gestion-lot-rapport")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapters_of_statistics(stage, chapter):
    francois = stage.member(FRANCOIS)
    francois.go(f"/gestion/statistiques/{chapter}")
    expect(francois.page.locator(".chapters [aria-current=page]")).to_have_count(1)
    francois.look(f"gestion-statistiques-{chapter.strip('/') or 'activite'}")


def test_legal_dates_are_computed_and_explained(stage):
    francois = stage.member(FRANCOIS)
    francois.go("/gestion/")
    francois.follow("Calculateur d’échéances")
    francois.title("Calculer des échéances légales")
    francois.look("gestion-calculateur")
    francois.page.get_by_label("Reçue par l’université le").fill("2026-03-10")
    francois.page.get_by_label("Pièces n° 1, demandées le").fill("2026-03-20")
    francois.page.get_by_label("Pièces n° 1, toutes reçues le").fill("2026-03-19")
    francois.press("Calculer")
    francois.sees("Ce jour précède celui où les pièces ont été demandées.")
    francois.look("gestion-calculateur-erreur")
    francois.page.get_by_label("Pièces n° 1, toutes reçues le").fill("2026-03-30")
    francois.press("Calculer")
    francois.sees("11 jours de suspension", "jeudi 21 mai 2026", "mercredi 22 juillet 2026")
    francois.look("gestion-calculateur-reponse")


def test_canned_answers_are_kept(stage):
    ines = stage.member(INES)
    ines.go("/gestion/tickets/cannedanswer/")
    ines.look("gestion-reponses-types")
    ines.follow("Dossier transmis à la commission")
    ines.look("gestion-reponse-type-modifier")


def test_mails_are_chosen_by_one_key_and_the_choice_undone(stage):
    ines = stage.member(INES)
    ines.go("/gestion/mes-courriels/")
    ines.page.get_by_role("button", name="Choisir «\u00a0toutes\u00a0»").press("Enter")
    ines.sees("Votre choix est enregistré.")
    ines.look("gestion-mes-courriels")
    ines.press("Enregistrer", exact=True)
    ines.look("gestion-mes-courriels-erreur")
    ines.go("/gestion/mes-courriels/")
    for hour in ines.page.get_by_role("checkbox", name=re.compile(r"^\d+\sh$"), checked=True).all():
        hour.uncheck()
    ines.press("Enregistrer ces réglages")
    ines.look("gestion-mes-courriels-sans-heure")
    ines.go("/gestion/mes-courriels/")
    ines.press("Annuler mon dernier choix")
    ines.sees("Votre dernier choix est annulé.")
    expect(ines.page.get_by_role("button", name="Choisir «\u00a0toutes\u00a0»")).to_be_visible()


def test_absence_in_error_then_leaving_a_theme(stage, reference):
    francois, maelle, theodora = stage.member(FRANCOIS), stage.member(MAELLE), stage.member(THEODORA)
    today = timezone.localdate()
    francois.go("/gestion/absences/")
    francois.page.get_by_label("Premier jour").fill(f"{today:%Y-%m-%d}")
    francois.page.get_by_label("Dernier jour").fill(f"{today - timedelta(days=1):%Y-%m-%d}")
    francois.press("Noter l’absence")
    francois.look("gestion-absences-erreur")

    maelle.handle(reference)
    maelle.press("Prendre en charge", exact=True)
    maelle.sees_status("En cours")
    theodora.go("/gestion/categories/role/?q=Sainte-Baume")
    theodora.page.locator("tbody a").first.click()
    theodora.follow(re.compile("Supprimer|Retirer"))
    theodora.title("Retirer un rôle")
    theodora.look("gestion-quitter-un-theme")
    theodora.press("Retirer le rôle")
    theodora.look("gestion-quitter-un-theme-erreur")


def test_access_to_a_confidential_request_asks_why(stage):
    theodora = stage.member(THEODORA)
    theodora.go("/gestion/acces/")
    theodora.title("Lire une demande confidentielle")
    theodora.look("gestion-acces")
    theodora.press("Ouvrir la lecture pendant une heure")
    theodora.look("gestion-acces-erreur")


def test_guest_is_invited_and_reads_with_a_link(stage, reference):
    lea, guest = stage.member(LEA), stage.person()
    lea.open(reference)
    lea.follow(re.compile("Inviter"))
    lea.look("demande-inviter")
    lea.press("Inviter une personne", exact=True)
    lea.look("demande-inviter-erreur")
    lea.page.get_by_label("Adresse électronique de la personne").fill("cousine@example.org")
    lea.press("Inviter une personne", exact=True)
    lea.sees("cousine@example.org")
    lea.look("demande-personnes-invitees")
    mail = stage.stack.wait_for_mail(to="cousine@example.org")
    guest.go(next(link for link in mail.links if "/demandes/invitation/" in link))
    guest.sees("Pages de la gestion")
    guest.look("demande-vue-par-lien")


def test_time_is_asked_where_the_theme_wants_it(stage, reference):
    theodora, ines = stage.member(THEODORA), stage.member(INES)
    ask_time(theodora, "oui, obligatoirement")
    ines.handle(reference)
    ines.follow("Prendre en charge, répondre et clôturer")
    ines.page.get_by_label("Issue").select_option(label="acceptée")
    ines.page.locator("textarea[name=message]").fill("Voilà.")
    ines.press("Prendre en charge, répondre et clôturer", exact=True)
    ines.sees("ce thème le demande")
    ines.look("gestion-temps-demande")
    ask_time(theodora, "oui, sans obligation")


def ask_time(administrator, answer):
    """Have the theme of the tests ask the time spent, or not."""
    administrator.go("/gestion/categories/category/?q=tardive")
    administrator.follow("Inscription administrative tardive (après la clôture)")
    administrator.page.get_by_label("Temps passé demandé à la clôture").select_option(label=answer)
    administrator.press("Enregistrer", exact=True)


def test_desk_is_used_without_scripts(stage, reference):
    ines, noe = stage.member(INES, javascript=False), stage.member(NOE, javascript=False)
    ines.handle(reference)
    ines.press("Poser un signet")
    ines.sees("Signet posé.")
    unfold(ines)
    ines.move("Signaler un abus", "Dix envois.")
    ines.sees("Signalée abusive")
    ines.go(f"{LIST}?vue=toutes&q={reference}")
    ines.page.locator("summary", has_text="Filtrer et trier").click()
    ines.page.get_by_label("État").select_option(label="non traitées")
    ines.press("Appliquer")
    ines.sees(reference)
    noe.go("/signets/")
    noe.title("Signets et historique")
