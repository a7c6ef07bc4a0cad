"""A day at the desk: what came in the night is taken by keyboard, and each request goes its way."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.actors import BRUNO, FRANCOIS, INES, LEA, MAELLE, NOE

pytestmark = pytest.mark.browser

LIST = "/gestion/tickets/ticket/"
ELSEWHERE = "Régime spécial d'études / dérogation d'assiduité ou examen terminal"
# The clock of the service is that of the machine: the day of the recall is brought forward to today.
RECALL = """
from django.utils import timezone
from tickets.models import Ticket
from tickets.tasks import recall_postponed
Ticket.objects.filter(pk={pk}).update(recall_on=timezone.localdate())
recall_postponed()
"""


def keys(person, *names):
    for name in names:
        person.page.keyboard.press(name)


def number(reference):
    """Return the number of a request, without its year."""
    return int(reference.rpartition("-")[2])


def chosen_colleague(person, name):
    """Choose a colleague of the theme by her name, whatever follows it."""
    field = person.page.get_by_label("Gestionnaire")
    field.select_option(label=field.locator("option", has_text=name).inner_text())


def is_taken(ines, reference):
    """Take the request and stay on its page."""
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.sees_status("En cours")


def test_what_is_to_be_taken_is_emptied_by_keyboard(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    for count in ("première", "deuxième"):
        lea.file(f"Rosée, {count}", "Arrivée dans la nuit.")
    ines.go(f"{LIST}?vue=a-prendre&q=rosée&tri=recentes")
    expect(ines.page.locator("[data-row]")).to_have_count(2)

    keys(ines, "j", "x", "j", "x")
    take = ines.button("Prendre en charge les demandes cochées")
    for _each in range(20):
        keys(ines, "Tab")
        if take.evaluate("one => one === document.activeElement"):
            break
    keys(ines, "Enter")

    ines.sees("Prise en charge\u00a0: 2 faites.", "Aucune demande ici pour le moment.")
    ines.look("journee-a-prendre-vide")


def test_request_is_asked_about_postponed_recalled_closed_and_contested(stage):
    lea, ines, francois = stage.member(LEA), stage.member(INES), stage.member(FRANCOIS)
    reference = lea.file("Journée entière", "Bonjour, puis-je encore m’inscrire ?")
    is_taken(ines, reference)

    ines.move("Poser une question", "Avez-vous réglé la CVEC ?")
    ines.sees_status("En attente du demandeur")
    lea.open(reference)
    lea.field("Votre réponse").fill("Oui, hier soir.")
    lea.press("Envoyer", exact=True)
    lea.sees("Votre réponse est envoyée.")

    ines.handle(reference)
    ines.sees("Oui, hier soir.")
    note = ines.page.locator("#form-note textarea")
    note.fill(f"@{FRANCOIS} accord pour l’inscrire ?")
    ines.press("Enregistrer la note")
    ines.sees("Note interne ajoutée.")
    mail = stage.stack.wait_for_mail(
        to=francois.email, subject=f"[{reference}] Inès Calanquet vous mentionne"
    )
    assert "accord pour" in mail.text

    answer = ines.page.locator("#form-comment textarea")
    ines.page.locator("#form-comment select[name=canned]").select_option(label="Pièce manquante")
    ines.page.locator("#form-comment").get_by_role("button", name="Insérer").click()
    expect(answer).to_have_value(re.compile(f"Il manque une pièce à votre demande {reference}"))
    ines.press("Envoyer au demandeur")
    ines.sees("Votre message est ajouté.")

    ines.follow("Reporter", exact=True)
    ines.look("journee-reporter")
    ines.page.get_by_label("Reprendre le").fill(f"{timezone.localdate() + timedelta(days=7):%Y-%m-%d}")
    ines.press("Reporter", exact=True)
    ines.sees_status("Reportée")
    stage.stack.manage("shell", "--verbosity=0", "-c", RECALL.format(pk=number(reference)))
    ines.page.reload()
    ines.sees_status("En cours")

    ines.follow("Répondre et clôturer", exact=True)
    ines.page.get_by_label("Issue").select_option(label="acceptée")
    ines.page.get_by_label("Temps passé, en minutes").fill("35")
    ines.page.locator("textarea[name=message]").fill("Votre inscription est ouverte.")
    ines.press("Répondre et clôturer", exact=True)
    ines.sees_status("Clôturée, à approuver")
    ines.sees("35\u00a0min")

    lea.open(reference)
    lea.move("Non, je conteste", "Je ne vois toujours pas mon inscription.", button="Envoyer")
    ines.go(f"{LIST}?vue=reponse-recue&q={reference}")
    expect(ines.page.locator(".work-table__unread")).to_have_count(1)
    ines.follow(reference)
    ines.sees_status("En cours")
    ines.sees("Je ne vois toujours pas mon inscription.")


def test_duplicate_is_joined_to_the_request_that_goes_on(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    kept = lea.file("Doublon de la journée", "Ma demande.")
    sent_again = lea.file("Doublon de la journée", "Ma demande, au cas où.")
    ines.handle(sent_again)
    ines.sees("Doublon possible")

    ines.follow(f"Joindre à {kept}")
    expect(ines.page.get_by_label("Numéro de l’autre demande")).to_have_value(kept)
    ines.look("journee-joindre")
    ines.press("Joindre à une autre demande", exact=True)

    ines.sees("Demande jointe ; vous pouvez les séparer pendant un jour.")
    lea.open(sent_again)
    lea.sees_status("Jointe à une autre demande")
    lea.sees(kept)


def test_stray_request_is_moved_and_comes_back(stage):
    noe, ines, bruno = stage.member(NOE), stage.member(INES), stage.member(BRUNO)
    reference = noe.file("Journée d’une égarée", "Je ne sais pas à qui écrire.")
    is_taken(ines, reference)

    ines.page.locator("summary", has_text="Autres actions").click()
    ines.follow("Changer de thème", exact=True)
    theme = ines.page.get_by_label("Nouveau thème")
    theme.select_option(label=theme.locator("option", has_text=ELSEWHERE).inner_text())
    ines.page.locator("textarea[name=message]").fill("Plutôt pour vous ?")
    ines.press("Changer de thème", exact=True)
    ines.sees("Demande transférée.")
    ines.sees_nothing_of("Page introuvable")

    bruno.handle(reference)
    bruno.sees("Plutôt pour vous ?")
    bruno.page.locator("summary", has_text="Autres actions").click()
    bruno.look("journee-egaree")
    bruno.move("Rendre à l’expéditeur", "C’est bien une inscription.")
    bruno.sees("Demande rendue à qui l’avait transférée.")

    ines.go(f"{LIST}?vue=les-miennes&q={reference}")
    ines.follow(reference)
    ines.sees_status("En cours")
    ines.sees("C’est bien une inscription.")


def test_manager_reassigns_the_requests_of_an_absent_colleague(stage):
    lea, maelle, francois = stage.member(LEA), stage.member(MAELLE), stage.member(FRANCOIS)
    reference = lea.file("Journée d’une absente", "Qui s’en occupe ?")
    is_taken(maelle, reference)

    note_absence(francois, "Maëlle Sainte-Baume")
    francois.look("journee-absences")
    francois.follow(re.compile("dont elle a la charge"))
    francois.look("journee-demandes-d-une-absente")
    francois.page.get_by_label(f"Choisir {reference}").check()
    francois.press("Confier…")
    chosen_colleague(francois, "Inès Calanquet")
    francois.look("journee-confier")
    francois.press("Confier à un collègue", exact=True)
    francois.sees("Attribution\u00a0: 1 faite.")
    expect(francois.page.get_by_role("link", name=reference)).to_have_count(0)

    francois.go("/gestion/statistiques/")
    francois.title("Statistiques")
    expect(francois.page.locator("svg[role=img], .figure svg").first).to_be_visible()
    forget_absence(francois, "Maëlle Sainte-Baume")


def note_absence(manager, name):
    """Note that a colleague is away from today for a week."""
    today = timezone.localdate()
    manager.go("/gestion/absences/")
    manager.page.get_by_label("Personne absente").select_option(label=name)
    manager.page.get_by_label("Premier jour").fill(f"{today:%Y-%m-%d}")
    manager.page.get_by_label("Dernier jour").fill(f"{today + timedelta(days=7):%Y-%m-%d}")
    manager.press("Noter l’absence")
    manager.sees("Absence notée.")


def forget_absence(manager, name):
    """Take the absence back: the service is the same for every test."""
    manager.go("/gestion/absences/")
    manager.press(f"Retirer {name}")
    manager.sees("Absence retirée.")
