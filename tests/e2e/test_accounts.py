"""What a person may change about herself, in a browser: her address, her name, her language."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import CAMILLE, LEA, NOE

pytestmark = pytest.mark.browser

PREFERENCES = "/compte/preferences/"
NEW_ADDRESS = "camille.nouvelle@example.org"


def outsider(stage, **options):
    """Return Camille, signed in with her address and her password."""
    camille = stage.person(**options)
    camille.go("/connexion/?adresse=1")
    camille.local_login(CAMILLE.email, CAMILLE.password)
    camille.is_signed_in()
    return camille


def language_of(person):
    return person.page.locator("html").get_attribute("lang")


def change_address(stage, person, address):
    """Ask for another address, and follow the link that arrives there."""
    person.go(PREFERENCES)
    person.follow("Changer d’adresse électronique")
    person.field("Nouvelle adresse électronique").fill(address)
    person.page.get_by_label("Mot de passe actuel").fill(CAMILLE.password)
    person.press("Envoyer le lien")
    person.title("Lisez vos courriels")
    mail = stage.stack.wait_for_mail(to=address, subject="confirmez votre nouvelle adresse")
    person.go(next(link for link in mail.links if "/compte/adresse-electronique/" in link))
    person.title("Confirmer votre nouvelle adresse")


# --- address ---------------------------------------------------------------------------------------------
def test_an_outsider_changes_her_address_and_comes_back_to_it(stage):
    camille, elsewhere = outsider(stage), outsider(stage)

    change_address(stage, camille, NEW_ADDRESS)
    camille.look("compte-confirmer-adresse")
    stage.stack.wait_for_mail(to=CAMILLE.email, subject="un changement d’adresse est demandé")
    camille.press("Changer d’adresse")
    camille.sees("Votre adresse est changée", NEW_ADDRESS)
    stage.stack.wait_for_mail(to=CAMILLE.email, subject="votre adresse a changé")
    elsewhere.go(PREFERENCES)
    elsewhere.title("Connexion")

    change_address(stage, camille, CAMILLE.email)
    camille.press("Changer d’adresse")
    camille.sees("Votre adresse est changée", CAMILLE.email)


def test_what_is_wrong_in_a_change_of_address_is_said(stage):
    camille = outsider(stage)
    camille.go("/compte/adresse-electronique/")
    camille.look("compte-adresse-electronique")
    camille.field("Nouvelle adresse électronique").fill(CAMILLE.email)
    camille.press("Envoyer le lien")
    camille.sees("C’est déjà l’adresse de votre compte.", "Indiquez votre mot de passe actuel.")
    expect(camille.page.locator("[data-error-summary]")).to_be_focused()
    camille.look("compte-adresse-electronique-erreurs")
    with camille.expecting(410):
        camille.go("/compte/adresse-electronique/faux/")
        camille.title("Ce lien ne peut plus servir")
        camille.look("compte-adresse-lien-mort")


# --- who she is --------------------------------------------------------------------------------------------
def test_a_member_says_her_usage_name_and_her_telephone(stage):
    lea = stage.member(LEA)
    lea.go(PREFERENCES)
    lea.look("compte-preferences")
    lea.follow("Changer de nom d’usage ou de téléphone")
    lea.sees("L’université vous connaît sous ce nom")
    lea.field("Téléphone").fill("04 65")
    lea.press("Enregistrer", exact=True)
    lea.sees("Indiquez un numéro de téléphone complet")
    lea.look("compte-identite-erreur")
    lea.field("Téléphone").fill("04.65.71.00.01")
    lea.press("Enregistrer", exact=True)

    lea.sees("Renseignements enregistrés.", "04 65 71 00 01")


def test_an_association_is_asked_what_an_association_has(stage):
    camille = outsider(stage)
    camille.go("/compte/organisme/")
    siret, rna = camille.field("Numéro SIRET"), camille.field("Numéro RNA")
    expect(siret).to_be_hidden()
    camille.page.get_by_label("au nom d’une entreprise").check()
    expect(siret).to_be_visible()
    expect(rna).to_be_hidden()
    camille.page.get_by_label("au nom d’une association").check()
    camille.field("Nom de l’entreprise ou de l’association").fill("Les Amis du calanquet")
    rna.fill("133")
    camille.press("Enregistrer", exact=True)
    camille.sees("Un numéro RNA est la lettre W suivie de 9 signes")
    camille.look("compte-organisme-erreur")
    rna.fill("W133012345")
    camille.press("Enregistrer", exact=True)
    camille.sees("au nom d’une association", "Les Amis du calanquet", "W133012345")

    camille.go("/compte/organisme/")
    camille.page.get_by_label("en mon nom").check()
    camille.press("Enregistrer", exact=True)
    camille.sees("Renseignements enregistrés.")
    camille.sees_nothing_of("Les Amis du calanquet")


def test_the_postal_address_is_changed_from_the_preferences(stage):
    lea = stage.member(LEA)
    lea.go(PREFERENCES)
    lea.follow("Changer d’adresse postale")
    lea.look("compte-adresse-postale")
    lea.field("Ville").fill("Gardanne")
    lea.press("Enregistrer", exact=True)

    lea.at(PREFERENCES)
    lea.sees("Adresse enregistrée.", re.compile("Gardanne"))


# --- language ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_reads_the_same_page_in_english_and_back(stage, javascript):
    visitor = stage.person(javascript=javascript)
    visitor.go("/themes/?q=note")
    assert language_of(visitor) == "fr"

    visitor.press("English")
    visitor.at("/themes/")
    assert (language_of(visitor), visitor.page.url.partition("?")[2]) == ("en", "q=note")
    visitor.go("/")
    assert language_of(visitor) == "en"
    if javascript:
        visitor.look("accueil-anglais")

    visitor.press("Français")
    assert language_of(visitor) == "fr"


def test_the_language_of_an_account_follows_it_to_another_browser(stage):
    noe = stage.person()
    noe.enter_by_cas(NOE)
    noe.go(PREFERENCES)
    noe.page.get_by_label("English").check()
    noe.page.locator("main form button").last.click()
    assert language_of(noe) == "en"
    noe.look("compte-preferences-anglais")

    elsewhere = stage.person()
    elsewhere.enter_by_cas(NOE)
    elsewhere.go("/")
    assert language_of(elsewhere) == "en"
    elsewhere.press("Français")
    assert language_of(elsewhere) == "fr"
