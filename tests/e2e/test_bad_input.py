"""What people send by mistake or malice: a clear answer, nothing typed lost, nothing changed."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import samples
from tests.e2e.actors import INES, LEA, MESSAGE, NOE, THEME, THEME_SLUG

pytestmark = pytest.mark.browser

FORM = f"/demandes/nouvelle/{THEME_SLUG}/"
SUBJECT = "Inscription après la clôture"


def requests_named(person, subject):
    """Return how many requests of that subject the person finds."""
    person.go(f"/recherche/?q={subject.replace(' ', '+')}")
    return person.page.locator(".ticket-row", has_text=subject).count()


def typed_is_kept(person, message):
    expect(person.field("Objet")).to_have_value(SUBJECT)
    expect(person.field(MESSAGE)).to_have_value(message)


# --- files and text --------------------------------------------------------------------------------------
def test_bad_files_are_refused_one_by_one_and_the_others_kept(stage, tmp_path):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Trois fichiers sur quatre ne vont pas.")
    lea.attach(samples.exe_named("releve.pdf"), samples.empty(), samples.pdf("bon.pdf"))

    lea.sees("« releve.pdf »", "« vide.pdf » est vide")
    lea.has_joined("bon.pdf")
    lea.look("demande-3-fichiers-refuses")
    typed_is_kept(lea, "Trois fichiers sur quatre ne vont pas.")
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    lea.sees("bon.pdf")
    lea.sees_nothing_of("releve.pdf", "vide.pdf")


def test_a_file_of_200_megabytes_is_refused_and_the_text_kept(stage, tmp_path):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Le film de ma vie.")
    lea.attach(samples.too_large(tmp_path))
    lea.sees("Ce fichier dépasse 20 Mo : il ne serait pas accepté.")
    typed_is_kept(lea, "Le film de ma vie.")
    lea.press("Continuer : vérifier ma demande")

    lea.sees("Le film de ma vie.")
    lea.sees_nothing_of("video.pdf")


def test_fifty_files_are_cut_to_the_limit_and_each_refusal_is_said(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Toutes mes pièces.")
    lea.attach(*(samples.pdf(f"piece-{number:02}.pdf") for number in range(50)))

    expect(lea.page.locator(".file-list__item--failed")).to_have_count(40)
    expect(lea.page.locator("[data-file]")).to_have_count(10)
    lea.sees("« piece-49.pdf » n’est pas joint")
    typed_is_kept(lea, "Toutes mes pièces.")


def test_a_message_of_a_megabyte_comes_back_whole(stage):
    lea = stage.member(LEA)
    text = "Il était une fois. " * 52_632  # a little more than a million characters
    lea.go(FORM)
    lea.fill_request(SUBJECT, text)
    lea.press("Continuer : vérifier ma demande")

    lea.sees("la limite est 20")
    assert lea.field(MESSAGE).input_value().strip() == text.strip()


def test_a_form_larger_than_any_of_ours_gets_a_calm_page(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.field("Objet").fill(SUBJECT)
    lea.field(MESSAGE).evaluate("(area) => { area.value = 'x'.repeat(9 * 1024 * 1024); }")
    with lea.expecting(413):
        lea.press("Continuer : vérifier ma demande")
        lea.title("Votre envoi est trop lourd")
        lea.look("erreur-413")


def test_invisible_characters_are_taken_out_and_said(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request(
        "Attestation \u202egnp.exe", "Bonjour\u0007,\u200b\nmerci\u202e.", samples.pdf("a\u202efdp.pdf")
    )
    lea.press("Continuer : vérifier ma demande")

    lea.title("Vérifier votre demande")
    lea.sees("Des caractères invisibles ont été retirés", "Attestation gnp.exe", "afdp.pdf")
    text = lea.page.locator("main").inner_text()
    assert not re.search("[\u0007\u200b\u202e]", text)


def test_an_empty_form_says_what_is_missing_and_leads_there(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.press("Continuer : vérifier ma demande")

    lea.sees("Votre saisie est à corriger", "Écrivez votre message.")
    expect(lea.page.locator("[data-error-summary]")).to_be_focused()
    lea.look("demande-3-formulaire-erreurs")
    lea.follow("Motif du retard : Écrivez votre message.")
    expect(lea.field(MESSAGE)).to_be_focused()


# --- sessions and tabs -----------------------------------------------------------------------------------
def test_a_session_expired_at_submit_loses_neither_text_nor_file(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Écrit pendant la nuit.", samples.pdf("nuit.pdf"))
    lea.lose_session()
    lea.press("Continuer : vérifier ma demande")

    lea.at("/connexion/")
    lea.sees("Votre session avait expiré. Votre texte est conservé")
    lea.look("connexion-session-expiree")
    lea.follow("Se connecter avec le compte AMU")  # CAS still knows her: no password asked
    lea.at(FORM)
    typed_is_kept(lea, "Écrit pendant la nuit.")
    lea.sees("nuit.pdf")
    lea.press("Continuer : vérifier ma demande")
    lea.deposit()
    lea.title("Votre demande est déposée")


def test_a_session_expired_before_filing_files_nothing_until_she_is_back(stage):
    lea = stage.member(LEA)
    subject = "Objet de la nuit suivante"
    lea.begin(subject, "Vérifié puis oublié.")
    lea.lose_session()
    lea.deposit()

    lea.at("/connexion/")
    lea.follow("Se connecter avec le compte AMU")
    lea.title("Vérifier votre demande")
    assert requests_named(lea, subject) == 0
    lea.go("/demandes/")
    lea.follow(subject)
    lea.press("Continuer : vérifier ma demande")
    lea.deposit()
    lea.title("Votre demande est déposée")


def test_logged_out_in_the_other_tab_loses_nothing(stage):
    lea = stage.person()
    lea.enter_by_cas(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Deux onglets ouverts.", samples.pdf("onglet.pdf"))
    other = lea.context.new_page()
    other.goto(f"{stage.url}/demandes/")
    other.get_by_role("button", name="Déconnexion").click()
    expect(other.get_by_text("Vous êtes déconnecté")).to_be_visible()
    other.close()
    lea.press("Continuer : vérifier ma demande")

    lea.at("/connexion/")
    lea.follow("Se connecter avec le compte AMU")
    lea.cas(LEA)
    lea.at(FORM)
    typed_is_kept(lea, "Deux onglets ouverts.")
    lea.sees("onglet.pdf")


def test_signed_in_again_in_the_other_tab_loses_nothing(stage):
    """Signing in renews the token of every form: the one still open bears an old one."""
    lea = stage.person()
    lea.enter_by_cas(LEA)
    lea.go(FORM)
    lea.fill_request(SUBJECT, "Le jeton a vieilli.", samples.pdf("jeton.pdf"))
    lea.has_joined("jeton.pdf")
    expect(lea.page.locator("[data-autosave-status]")).to_have_text(re.compile("Enregistré à"))
    tab, lea.page = lea.page, lea.context.new_page()
    lea.go("/demandes/")
    lea.press("Déconnexion")
    lea.enter_by_cas(LEA)
    lea.page = tab
    lea.press("Continuer : vérifier ma demande")

    lea.at(FORM)
    typed_is_kept(lea, "Le jeton a vieilli.")
    lea.sees("jeton.pdf")
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")


def test_the_same_draft_filed_from_two_tabs_is_one_request(stage):
    lea = stage.member(LEA)
    subject = "Déposée depuis deux onglets"
    lea.begin(subject, "Une seule fois.")
    tab, lea.page = lea.page, lea.context.new_page()
    lea.go(tab.url)
    lea.deposit()
    lea.title("Votre demande est déposée")
    reference = lea.reference()
    lea.page = tab
    lea.deposit()

    lea.title("Votre demande est déposée")
    assert lea.reference() == reference
    assert requests_named(lea, subject) == 1


def test_an_answer_to_a_question_answered_in_the_other_tab_is_kept(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Question en double", "Deux onglets, une question.")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.move("Poser une question", "Quelle année ?")
    ines.sees("Question envoyée")
    lea.open(reference)
    first, lea.page = lea.page, lea.context.new_page()
    lea.open(reference)
    lea.field("Votre réponse").fill("2025.")
    lea.press("Envoyer", exact=True)
    lea.sees("Votre réponse est envoyée.")
    lea.page = first
    lea.field("Votre réponse").fill("2026, finalement.")
    lea.press("Envoyer", exact=True)

    lea.sees("La demande a changé entre-temps", "Votre texte est conservé ci-dessous")
    expect(lea.page.locator("textarea[name=message]")).to_have_value("2026, finalement.")
    lea.look("demande-changee-entre-temps")


def test_two_handlers_at_once_one_wins_and_the_other_keeps_her_words(stage):
    lea, ines, maelle = stage.member(LEA), stage.member(INES), stage.member("maelle.saintebaume")
    reference = lea.file("Deux gestionnaires", "À qui le tour ?")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.follow("Poser une question", exact=True)
    ines.page.locator("textarea[name=message]").fill("Ma question à moi.")
    maelle.handle(reference)
    maelle.press("Prendre en charge", exact=True)
    maelle.sees("Demande prise en charge.")
    ines.press("Poser une question", exact=True)

    ines.sees("Vous ne pouvez pas faire cette action sur cette demande.")
    expect(ines.page.locator("textarea[name=message]")).to_have_value("Ma question à moi.")
    ines.look("gestion-action-refusee")


# --- clicks too many -------------------------------------------------------------------------------------
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_double_click_on_file_files_once(stage, javascript):
    lea = stage.member(LEA, javascript=javascript)
    subject = f"Double clic {'vif' if javascript else 'lent'}"
    lea.begin(subject, "Pressée.")
    lea.accept_terms()
    lea.button("Déposer ma demande").dblclick()

    lea.title("Votre demande est déposée")
    assert requests_named(lea, subject) == 1


def test_the_back_button_after_filing_shows_the_request_already_filed(stage):
    lea = stage.member(LEA)
    subject = "Retour en arrière"
    reference = lea.file(subject, "Puis je reviens.")
    lea.page.go_back()

    lea.at(f"/demandes/{reference}/")
    lea.sees("Cette demande est déjà déposée : la voici. Rien n’a été envoyé deux fois.")
    assert requests_named(lea, subject) == 1


# --- forged ----------------------------------------------------------------------------------------------
ADD_FIELD = """(form, [name, value]) => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'hidden', name, value });
  form.append(input);
}"""


def test_forged_fields_in_the_form_change_nothing(stage):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request("Champs forgés", "Je voudrais passer devant.")
    form = lea.page.locator("form.filing")
    for field in (["status", "approved"], ["category", "1"], ["assignee", "1"], ["is_sve", ""]):
        form.evaluate(ADD_FIELD, field)
    lea.press("Continuer : vérifier ma demande")
    lea.title("Vérifier votre demande")
    form = lea.page.locator("main form").first
    for field in (["status", "approved"], ["category", "1"], ["theme", "cesure"]):
        form.evaluate(ADD_FIELD, field)
    lea.deposit()
    lea.title("Votre demande est déposée")
    lea.follow("Voir ma demande")

    lea.sees_status("Reçue, en attente de prise en charge")
    lea.sees(THEME)


@pytest.mark.parametrize("slug", ["candidatures-inscriptions", "theme-imaginaire"], ids=["branch", "unknown"])
def test_a_forged_theme_does_not_exist(stage, slug):
    lea = stage.member(LEA)
    lea.go(FORM)
    lea.fill_request("Thème forgé", "Nulle part.")
    lea.page.locator("form.filing").evaluate(f"(form) => form.action = '/demandes/nouvelle/{slug}/'")
    with lea.expecting(404):
        lea.press("Continuer : vérifier ma demande")
        lea.title("Cette page n’existe pas")
        lea.look("erreur-404")


def test_a_move_of_the_staff_does_not_exist_for_the_requester(stage):
    lea = stage.member(LEA)
    reference = lea.file("Clôture forgée", "Je me réponds à moi-même.")
    lea.open(reference)
    lea.field("Votre message").fill("Accepté.")
    form = lea.page.locator("form", has=lea.page.locator("textarea"))
    form.evaluate(ADD_FIELD, ["outcome", "accepted"])
    form.evaluate(f"(form) => form.action = '/demandes/{reference}/cloturer/'")
    with lea.expecting(404):
        lea.press("Envoyer", exact=True)
        lea.title("Cette page n’existe pas")
    lea.open(reference)

    lea.sees_status("Reçue, en attente de prise en charge")


def test_a_form_without_its_token_is_refused_calmly(stage):
    lea = stage.member(LEA)
    lea.go("/compte/preferences/")
    lea.context.clear_cookies(name="td_csrf")
    with lea.expecting(403):
        lea.press("Enregistrer", exact=True)
        lea.title("Votre envoi n’a pas pu être accepté")
        lea.look("erreur-403-jeton")


# --- strangers -------------------------------------------------------------------------------------------
def test_a_stranger_finds_neither_the_request_nor_its_files(stage):
    lea, noe = stage.member(LEA), stage.member(NOE)
    subject = "Xylophone de famille"
    reference = lea.file(subject, "Rien que pour moi.", samples.pdf("secret.pdf"))
    lea.open(reference)
    address = lea.link("secret.pdf").get_attribute("href")

    assert requests_named(noe, "Xylophone") == 0
    with noe.expecting(404):
        for path in (f"/demandes/{reference}/", f"/demandes/{reference}/deposee/", address):
            noe.go(path)
            noe.title("Cette page n’existe pas")
        noe.go("/demandes/TD-2026-999999/")
        noe.title("Cette page n’existe pas")
        noe.go("/gestion/")
        noe.title("Cette page n’existe pas")


def test_somebody_who_is_not_signed_in_gets_no_file(stage):
    lea, nobody = stage.member(LEA), stage.person()
    reference = lea.file("Pièce à garder", "Avec un fichier.", samples.pdf("garde.pdf"))
    lea.open(reference)
    nobody.go(lea.link("garde.pdf").get_attribute("href"))

    nobody.at("/connexion/")
