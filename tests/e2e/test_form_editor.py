"""The manager of a theme builds its form from nothing, and a student files with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import samples
from tests.e2e.actors import FRANCOIS, THEODORA
from tests.e2e.test_ways import activate, type_in

pytestmark = pytest.mark.browser

THEME = "Formulaire bâti pendant l’essai"
BRANCH = "Études, examens et aménagements"


def new_theme(administrator, name, slug):
    """Have an administrator open a theme, without a form of its own, below the branch of the manager."""
    administrator.go("/gestion/categories/category/add/")
    page = administrator.page
    page.locator("[name=name]").fill(name)
    page.locator("[name=slug]").fill(slug)
    branch = page.locator("[name=parent] option", has_text=BRANCH).get_attribute("value")
    page.locator("[name=parent]").select_option(branch)
    page.locator("[name=service]").select_option(index=1)
    page.locator("[name=legal_basis]").fill("CRPA, article L112-8")
    page.locator("[name=silence_verified]").check()
    for box in ("is_leaf", "is_published"):
        page.locator(f"[name={box}]").check()
    page.locator("[name=audience]").first.check()
    administrator.press("Enregistrer", exact=True)
    administrator.title("Thèmes")


def open_form(person, theme):
    """Go to the form of a theme, from the first page of the workbench."""
    person.go("/gestion/")
    person.follow("Mes thèmes")
    row = person.page.get_by_role("row", name=re.compile(theme))
    row.get_by_role("link", name=re.compile("^formulaire")).click()
    person.title(f"Formulaire\u00a0: {theme}")


def add(person, kind, label, **fields):
    """Add a question of that kind, from the page it is shown on."""
    person.follow(kind, exact=True)
    fill(person, label=label, **fields)


def fill(person, **fields):
    """Fill the fields of the page by their names, and save."""
    for name, value in fields.items():
        field = person.page.locator(f"[name={name}]")
        if value is True:
            field.check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    person.press("Enregistrer", exact=True)


def at_the_end(person):
    """Begin a question at the end of the form."""
    person.page.get_by_role("link", name="Ajouter une question", exact=True).click()


def build(person):
    """Build the form: short text, choice, question that depends on it, repeated block, piece."""
    at_the_end(person)
    person.look("formulaire-natures")
    add(person, "Texte court", "Intitulé de la formation", is_required=True)
    person.sees("La question est enregistrée.")
    at_the_end(person)
    add(
        person,
        "Un choix dans une liste",
        "Votre situation",
        choices="Salarié\nÉlu étudiant",
        is_required=True,
    )
    at_the_end(person)
    person.follow("Nombre", exact=True)
    person.look("formulaire-question")
    fill(
        person,
        label="Heures de travail par semaine",
        minimum="1",
        maximum="48",
        is_required=True,
        condition="si la réponse est « Salarié »",
    )
    person.sees("À remplir si « Votre situation » est « Salarié ».")
    at_the_end(person)
    add(person, "Bloc répété", "Examen concerné", max_items="3")
    person.page.get_by_role("link", name=re.compile("dans ce bloc")).click()
    add(person, "Date", "Date de l’examen", is_required=True)
    person.follow("Ajouter une pièce")
    person.page.get_by_label("exigée par un texte").check()
    fill(person, label="Contrat de travail", legal_basis="code de l’éducation, article D611-9")
    person.sees("La pièce est enregistrée.")


def try_it(person):
    """Look at the form as a requester does, and try it: refused, then accepted; nothing is kept."""
    person.follow("Voir comme le demandeur")
    person.look("formulaire-apercu")
    hours = person.page.locator("[name=q-heures_de_travail_par_semaine]")
    expect(hours).to_be_hidden()
    person.press("Essayer")
    expect(person.page.locator(".error-summary__link")).to_have_count(3)
    person.look("formulaire-apercu-refuse")
    person.field("Intitulé de la formation").fill("Licence 2 de chimie")
    person.page.get_by_label("Votre situation").select_option("Salarié")
    expect(hours).to_be_visible()
    hours.fill("20")
    person.page.locator("[name=piece-contrat_de_travail]").set_input_files([samples.pdf("contrat.pdf")])
    person.press("Essayer")
    person.sees("Ces réponses seraient acceptées")
    person.look("formulaire-apercu-accepte")
    person.page.get_by_role("link", name="Revenir au formulaire").first.click()


def test_manager_builds_a_form_from_nothing_and_a_student_files_with_it(stage, lea):
    new_theme(stage.member(THEODORA), THEME, "formulaire-d-essai")
    manager = stage.member(FRANCOIS)
    manager.go("/gestion/")
    manager.follow("Mes thèmes")
    manager.page.get_by_role("row", name=re.compile(THEME)).get_by_role(
        "link", name=re.compile("^formulaire")
    ).click()
    manager.title(f"Formulaire : {THEME}")
    manager.look("formulaire-sans-version")
    manager.press("Préparer une nouvelle version")
    build(manager)
    manager.look("formulaire-en-preparation")
    try_it(manager)
    manager.follow("Vérifier et publier")
    manager.look("formulaire-publier")
    manager.press("Publier la version 1")
    manager.sees("La version 1 est publiée")
    manager.look("formulaire-publie")

    student_files(lea)


def student_files(lea):
    """File with the new form; the page of the request shows the answers."""
    lea.go("/demandes/nouvelle/formulaire-d-essai/")
    if lea.heading() == "Votre adresse postale":
        lea.give_postal_address()
    lea.title(THEME)
    lea.field("Intitulé de la formation").fill("Licence 2 de chimie")
    lea.page.get_by_label("Votre situation").select_option("Salarié")
    lea.page.locator("[name=q-heures_de_travail_par_semaine]").fill("20")
    lea.page.get_by_label("Date de l’examen").fill("2027-01-12")
    lea.page.locator("[name=piece-contrat_de_travail]").set_input_files([samples.pdf("contrat.pdf")])
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.sees("Licence 2 de chimie", "Salarié", "12 janvier 2027", "contrat.pdf")
    lea.page.get_by_label("J’ai lu les conditions d’utilisation").check()
    lea.press("Déposer ma demande")
    lea.title("Votre demande est déposée")
    lea.open(lea.reference())
    lea.sees("Licence 2 de chimie", "Heures de travail par semaine", "contrat.pdf")


def test_what_could_not_be_filled_in_is_mended_without_javascript(stage):
    theme = "Formulaire à corriger"
    new_theme(stage.member(THEODORA), theme, "formulaire-a-corriger")
    manager = stage.member(FRANCOIS, javascript=False)
    open_form(manager, theme)
    manager.press("Préparer une nouvelle version")
    at_the_end(manager)
    add(manager, "Oui ou non", "Êtes-vous salarié ?")
    at_the_end(manager)
    add(
        manager, "Texte court", "Employeur", is_required=True, condition="si la réponse est «\u00a0oui\u00a0»"
    )
    manager.page.get_by_role("link", name=re.compile("Retirer.*salarié")).click()
    manager.sees("En dépendent, et seront à corriger avant de publier")
    manager.press("Retirer", exact=True)
    manager.sees("La question est retirée.", "La question dont elle dépend n’existe pas.")

    manager.follow("Vérifier et publier")
    manager.sees("Ce formulaire ne pourrait pas être rempli")
    manager.follow(re.compile("^Employeur"))
    fill(manager, condition="Toujours")
    manager.follow("Vérifier et publier")
    manager.press("Publier la version 1")

    manager.sees("La version 1 est publiée")


def test_question_is_added_by_keyboard_alone(stage):
    theme = "Formulaire au clavier"
    new_theme(stage.member(THEODORA), theme, "formulaire-au-clavier")
    manager = stage.member(FRANCOIS)
    open_form(manager, theme)
    activate(manager, "Préparer une nouvelle version")
    manager.sees("Version 1, en préparation")
    activate(manager, "Ajouter une question")
    manager.title("Ajouter une question\u00a0: quelle réponse attendez-vous\u00a0?")
    activate(manager, "Oui ou non")
    manager.title("Ajouter une question\u00a0: oui ou non")
    type_in(manager, "Question*", "Êtes-vous salarié ?")
    manager.page.keyboard.press("Enter")
    manager.sees("La question est enregistrée.", "Êtes-vous salarié ?")
