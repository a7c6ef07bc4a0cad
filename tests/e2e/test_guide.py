"""The five steps of the user's guide, lived whole: get there, be known, file, follow, approve."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import samples
from tests.e2e.actors import BRUNO, INES, LEA, NOE, THEME

pytestmark = pytest.mark.browser

PASSWORD = "Cigale-Mistral-Calanque-13"


def open_account(person, email, *, last_name="Estérel", first_name="Solène"):
    """Ask for an account, as the guide says, and choose a password from the mail's link."""
    person.follow("Créez votre compte")
    person.title("Créez votre compte")
    person.look("compte-creer")
    person.field("Adresse électronique").fill(email)
    person.field(re.compile("^Nom")).fill(last_name)
    person.field("Prénom").fill(first_name)
    person.press("Créer le compte")
    person.title("Lisez vos courriels")
    person.look("compte-message-envoye")
    mail = person.stage.stack.wait_for_mail(to=email)
    assert PASSWORD not in mail.text
    person.go(next(link for link in mail.links if "/compte/activer/" in link))
    person.title("Choisissez votre mot de passe")
    person.look("compte-activer")
    choose_password(person, PASSWORD)
    person.press("Créer mon compte")


def choose_password(person, password):
    """Type a new password twice, reading what the meter says."""
    first, second = person.page.locator("input[type=password]").all()
    first.fill("court")
    person.sees("trop court")
    first.fill(password)
    person.sees("Mot de passe très bon.")
    second.fill(password)


def give_postal_address(person):
    """Give the postal address, asked once."""
    person.title("Votre adresse postale")
    person.look("compte-adresse-postale")
    person.press("Enregistrer et continuer")
    person.sees("Indiquez le code postal.")
    person.look("compte-adresse-postale-erreurs")
    person.give_postal_address()


def read_the_information_once(person):
    """Pass the information screen, and ask not to see it again."""
    person.go("/")
    person.look("accueil-connecte")
    person.follow("Formuler une demande")
    person.title("Formuler une demande")
    person.look("demande-1-information")
    person.page.get_by_label("Ne plus montrer cette page").check()
    person.press("Suivant")
    person.title("Choisir un thème")
    person.look("demande-2-theme")


def write_with_files(person):
    """Write the request, attach files in two goes, take one out again."""
    person.title(THEME)
    person.look("demande-3-formulaire")
    person.fill_request("Inscription en licence 3", "Bonjour,\nje n’ai pas pu m’inscrire à temps.")
    person.attach(samples.pdf(), samples.jpeg("inutile.jpg"))
    person.attach(samples.odt())
    person.has_joined("justificatif.pdf", "inutile.jpg", "lettre.odt")
    person.look("demande-3-formulaire-fichiers")
    person.press("Retirer inutile.jpg")
    expect(person.button("Remettre inutile.jpg")).to_be_visible()
    person.press("Continuer : vérifier ma demande")


def check_and_change(person):
    """Read the check page, go back for a mistake, and file."""
    person.title("Vérifier votre demande")
    person.look("demande-4-verification")
    person.sees("je n’ai pas pu m’inscrire à temps.", "justificatif.pdf", "lettre.odt")
    person.sees_nothing_of("inutile.jpg")
    person.follow("Modifier Pièces")
    person.press("Retirer lettre.odt")
    person.sees("justificatif.pdf")
    person.field("Objet").fill("Inscription en licence 3 de chimie")
    person.press("Continuer : vérifier ma demande")
    person.sees("Inscription en licence 3 de chimie", "justificatif.pdf")
    person.sees_nothing_of("lettre.odt")
    person.deposit()
    person.title("Votre demande est déposée")
    person.look("demande-5-confirmation")
    return person.reference()


def receipt_is_whole(stage, email, reference):
    """Read the mail of receipt: the reference, the whole request, a direct link. Return the link."""
    mail = stage.stack.wait_for_mail(to=email, subject=reference)
    assert mail.message["Auto-Submitted"] == "auto-generated"
    for words in (reference, THEME, "Inscription en licence 3 de chimie", "justificatif.pdf"):
        assert words in mail.text
        assert words in mail.html
    assert "pas pu m’inscrire à temps" in " ".join(mail.text.replace("> ", "").split())
    return next(link for link in mail.links if link.endswith(f"/demandes/{reference}/"))


def handle_up_to_the_question(handler, reference):
    """Take the request from the list, write a note, ask a question."""
    handler.handle(reference)
    handler.look("gestion-demande-libre")
    handler.press("Prendre en charge", exact=True)
    handler.sees("Demande prise en charge.")
    note = handler.page.locator(".writing--note textarea")
    note.fill("Vérifier le quitus avant de répondre.")
    handler.press("Enregistrer la note")
    handler.sees("Note interne ajoutée.", "Vérifier le quitus avant de répondre.")
    handler.look("gestion-demande-en-cours")
    handler.move("Poser une question", "Quelle est la date de votre contrat ?")
    handler.sees("Question envoyée au demandeur.")


def close(handler, reference, words="Votre inscription est ouverte jusqu’à vendredi."):
    """Answer and close."""
    handler.handle(reference)
    handler.follow("Répondre et clôturer", exact=True)
    handler.look("gestion-cloturer")
    handler.page.get_by_label("Issue").select_option(label="acceptée")
    handler.page.locator("textarea[name=message]").fill(words)
    handler.press("Répondre et clôturer", exact=True)
    handler.sees("Demande clôturée")


def answer(person, reference, words, *files):
    """Answer the question in place."""
    person.open(reference)
    person.sees_status("Votre réponse est attendue")
    person.look("demande-reponse-attendue")
    person.field("Votre réponse").fill(words)
    if files:
        person.attach(*files)
    person.press("Envoyer", exact=True)
    person.sees("Votre réponse est envoyée.")


def approve(person, reference):
    """Approve the closure."""
    person.open(reference)
    person.sees_status("Traitée : approuvez-vous la clôture ?")
    person.look("demande-cloturee")
    person.follow("Oui, j’approuve la clôture")
    person.sees("Votre demande est-elle entièrement traitée ?", "vous ne renoncez à aucun recours")
    person.look("demande-approuver")
    person.press("Oui, j’approuve la clôture", exact=True)
    person.sees("Vous avez approuvé la clôture. Merci.")
    person.sees_status("Terminée, clôture approuvée")
    person.look("demande-approuvee")


def test_an_outsider_lives_the_five_steps_of_the_guide(stage):
    solene, email = stage.person(), "solene.esterel@example.org"
    solene.go("/")
    solene.look("accueil")
    solene.follow("Suivre mes demandes")
    solene.unfold_local_login()
    solene.look("connexion")
    open_account(solene, email)
    solene.is_signed_in()
    solene.go("/demandes/")
    solene.sees("Vous n’avez encore déposé aucune demande.")
    solene.look("tableau-de-bord-vide")

    read_the_information_once(solene)
    solene.choose_theme()
    give_postal_address(solene)
    write_with_files(solene)
    reference = check_and_change(solene)
    link = receipt_is_whole(stage, email, reference)

    solene.press("Déconnexion")
    solene.sees("Vous êtes déconnecté")
    solene.go(link)
    solene.local_login(email, PASSWORD)
    solene.at(f"/demandes/{reference}/")
    solene.sees_status("Reçue, en attente de prise en charge")
    solene.look("demande-recue")
    with solene.page.expect_download() as download:
        solene.follow("justificatif.pdf")
    assert download.value.suggested_filename == "justificatif.pdf"
    assert download.value.path().read_bytes() == samples.pdf()["buffer"]

    ines = stage.member(INES)
    handle_up_to_the_question(ines, reference)
    stage.stack.wait_for_mail(to=email, subject="Votre réponse est attendue")
    answer(solene, reference, "Le 3 septembre.", samples.jpeg("contrat.jpg"))
    solene.sees_status("En cours de traitement")
    solene.sees_nothing_of("Vérifier le quitus")
    solene.look("demande-en-cours")

    ines.go("/gestion/tickets/ticket/?vue=reponse-recue")
    ines.sees(reference)
    close(ines, reference)
    closing = stage.stack.wait_for_mail(to=email, subject="Votre demande est traitée")
    assert "Votre inscription est ouverte" in closing.text
    solene.go("/demandes/")
    solene.sees("Votre réponse est attendue")
    solene.look("tableau-de-bord")
    approve(solene, reference)
    stage.stack.wait_for_mail(to=email, subject="Clôture approuvée")
    assert "quitus" not in "".join(mail.text for mail in stage.stack.mails(to=email))

    solene.go("/demandes/nouvelle/")
    solene.title("Choisir un thème")


def test_a_student_lives_the_five_steps_through_cas(stage):
    noe, ines = stage.member(NOE), stage.member(INES)

    reference = noe.file("Carte perdue", "Je dois m’inscrire avant vendredi.", samples.pdf("attestation.pdf"))
    mail = stage.stack.wait_for_mail(to=noe.email, subject=reference)
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.move("Poser une question", "Quelle est votre formation ?")
    ines.sees("Question envoyée au demandeur.")

    returning = stage.person()  # another browser, where nobody is known
    returning.go(next(link for link in mail.links if reference in link))
    returning.follow("Se connecter avec le compte AMU")
    returning.cas(NOE)
    returning.at(f"/demandes/{reference}/")
    answer(returning, reference, "La licence d’histoire.")
    close(ines, reference)
    approve(returning, reference)

    noe.go("/recherche/")
    noe.look("recherche")
    noe.field("Numéro ou mots").fill(reference)
    noe.press("Rechercher")
    noe.sees("1 demande", "Carte perdue")
    noe.look("recherche-un-resultat")


def test_a_contested_closure_goes_back_to_its_handler(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Double inscription", "Je voudrais m’inscrire aussi en droit.")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.sees("Demande prise en charge.")
    close(ines, reference)

    lea.open(reference)
    lea.follow("Non, je conteste")
    lea.look("demande-contester")
    lea.press("Envoyer", exact=True)
    lea.sees("Votre saisie est à corriger")
    lea.look("demande-contester-sans-motif")
    lea.page.locator("textarea[name=message]").fill("Le second semestre manque.")
    lea.press("Envoyer", exact=True)
    lea.sees("Votre contestation est enregistrée : le traitement reprend.")
    lea.sees_status("En cours de traitement")

    told = stage.stack.wait_for_mail(to=ines.email, subject=f"[{reference}] Clôture contestée")
    assert reference in told.subject
    assert "Le second semestre manque." in told.text
    ines.handle(reference)
    ines.sees("Le second semestre manque.", "En charge : Inès Calanquet")


def test_a_refusal_reaches_the_requester_with_its_reasons(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Inscription en master", "Je demande une place.")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.follow("Refuser", exact=True)
    ines.look("gestion-refuser")
    ines.page.locator("textarea[name=message]").fill("Le délai est passé depuis le 1er octobre.")
    ines.press("Refuser", exact=True)
    ines.sees("Demande refusée")

    mail = stage.stack.wait_for_mail(to=lea.email, subject=f"[{reference}] Votre demande est refusée")
    assert "Le délai est passé depuis le 1er octobre." in mail.text
    lea.go(next(link for link in mail.links if reference in link))
    lea.sees_status("Refusée")
    lea.sees("Le délai est passé depuis le 1er octobre.")
    lea.look("demande-refusee")


def test_a_requester_withdraws_and_nobody_handles_it_any_more(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Demande faite par erreur", "Je me suis trompée de thème.")

    lea.open(reference)
    lea.follow("Retirer ma demande")
    lea.look("demande-retirer")
    lea.press("Retirer ma demande", exact=True)
    lea.sees("Votre demande est retirée.")
    lea.sees_status("Retirée")
    lea.look("demande-retiree")

    ines.handle(reference)
    ines.sees_nothing_of("Prendre en charge")
    stage.stack.wait_for_mail(to=lea.email, subject=f"[{reference}] Votre demande est retirée")


def test_a_handler_of_another_theme_sees_nothing_of_a_request(stage):
    lea, ines, bruno = stage.member(LEA), stage.member(INES), stage.member(BRUNO)
    reference = lea.file("Inscription confidentielle", "Pour Inès seulement.")
    ines.handle(reference)
    address = ines.page.url

    bruno.go(f"/gestion/tickets/ticket/?vue=toutes&q={reference}")
    bruno.sees("Aucune demande ici pour le moment.")
    with bruno.expecting(404):
        bruno.go(address)
        bruno.title("Cette page n’existe pas")
        bruno.go(f"/demandes/{reference}/")
        bruno.title("Cette page n’existe pas")
