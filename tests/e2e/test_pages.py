"""Every page and state: sound for axe, never wider than a telephone, drawn in both themes.

The pages of a request's life are looked at where they are lived (test_guide, test_bad_input).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import BRUNO, CAMILLE, FRANCOIS, HELENE, INES, LEA, NOE, THEME_SLUG, THEODORA

pytestmark = pytest.mark.browser

PUBLIC = {
    "accueil": "/",
    "themes": "/themes/",
    "ailleurs": "/ailleurs/",
    "theme": f"/themes/{THEME_SLUG}/",
    "questions-frequentes": "/questions-frequentes/",
    "plan-du-site": "/plan-du-site/",
    "accessibilite": "/accessibilite/",
    "mentions-legales": "/mentions-legales/",
    "donnees-personnelles": "/donnees-personnelles/",
    "conditions-d-utilisation": "/conditions-d-utilisation/",
    "a-propos": "/a-propos/",
    "connexion": "/connexion/",
    "compte-creer": "/compte/creer/",
    "compte-mot-de-passe-oublie": "/compte/mot-de-passe-oublie/",
    "demo-courriels": "/demo/courriels/",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_sound(stage, name):
    visitor = stage.person()
    answer = visitor.go(PUBLIC[name])

    assert answer.status == 200
    assert "default-src 'self'" in answer.header_value("content-security-policy").split("; ")
    assert visitor.page.get_by_role("heading", level=1).count() == 1
    visitor.look(name)


def test_pages_of_the_site_map_all_exist(stage):
    lea = stage.member(LEA)
    lea.go("/plan-du-site/")
    paths = lea.page.locator("main a").evaluate_all("(links) => links.map((a) => a.pathname)")

    answers = {path: lea.page.request.get(f"{stage.url}{path}").status for path in set(paths)}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_a_page_that_does_not_exist_is_sound_for_anybody(stage):
    visitor = stage.person()
    with visitor.expecting(404):
        visitor.go("/nulle-part/")
        visitor.title("Cette page n’existe pas")
        visitor.look("erreur-404-anonyme")


# --- tree of themes --------------------------------------------------------------------------------------
def test_the_tree_unfolds_and_folds(stage):
    visitor = stage.person()
    visitor.go("/themes/")
    visitor.press("Tout déplier")
    expect(visitor.link("Inscription administrative tardive")).to_be_visible()
    visitor.look("themes-depliés")
    visitor.press("Tout replier")
    expect(visitor.link("Inscription administrative tardive")).to_be_hidden()


def test_the_finder_of_the_home_page_leads_to_the_theme(stage):
    visitor = stage.person()
    visitor.go("/")
    visitor.page.get_by_label("Que cherchez-vous").fill("inscription tardive")
    visitor.press("Chercher")
    visitor.follow("Inscription administrative tardive")

    visitor.at(f"/themes/{THEME_SLUG}/")


# --- accounts --------------------------------------------------------------------------------------------
def test_a_failed_login_says_so_and_says_nothing_of_accounts(stage):
    visitor = stage.person()
    sentences = []
    for email in (CAMILLE.email, "personne@example.org"):
        visitor.go("/connexion/")
        visitor.local_login(email, "ce-n-est-pas-le-bon")
        expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
        sentences.append(visitor.page.locator("[data-error-summary]").inner_text())
        visitor.look("connexion-erreur")

    assert sentences[0] == sentences[1]


def test_an_address_of_the_university_is_sent_to_cas(stage):
    visitor = stage.person()
    visitor.go("/compte/creer/")
    visitor.field("Adresse électronique").fill("quelquun@etu.univ-amu.fr")
    visitor.field(re.compile("^Nom")).fill("Quelqu’un")
    visitor.field("Prénom").fill("Une")
    visitor.press("Créer le compte")
    visitor.sees("Votre adresse est celle de l’université")
    visitor.look("compte-creer-adresse-amu")
    visitor.follow("Se connecter avec le compte AMU")

    expect(visitor.page.get_by_label("Identifiant")).to_be_visible()


def test_a_forgotten_password_is_chosen_again_from_a_link(stage):
    camille = stage.person()
    camille.go("/connexion/")
    camille.unfold_local_login()
    camille.follow("Oublié votre mot de passe ?")
    camille.field("Adresse électronique").fill(CAMILLE.email)
    camille.press("Recevoir un lien")
    camille.title("Lisez vos courriels")
    mail = stage.stack.wait_for_mail(to=CAMILLE.email, subject="mot de passe")
    link = next(link for link in mail.links if "/compte/mot-de-passe/" in link)
    camille.go(link)
    camille.title("Choisissez un nouveau mot de passe")
    camille.look("compte-nouveau-mot-de-passe")
    first, second = camille.page.locator("input[type=password]").all()
    first.fill("123456789012")
    second.fill("différent-du-premier")
    camille.press("Changer le mot de passe")
    camille.sees("Votre saisie est à corriger")
    camille.look("compte-nouveau-mot-de-passe-erreurs")
    first, second = camille.page.locator("input[type=password]").all()
    first.fill(CAMILLE.password)
    second.fill(CAMILLE.password)
    camille.press("Changer le mot de passe")
    camille.is_signed_in()

    with camille.expecting(410):
        camille.go(link)
        camille.title("Ce lien ne peut plus servir")
        camille.look("compte-lien-perime")


def test_too_many_wrong_passwords_lock_the_account_for_that_address(stage):
    visitor, email = stage.person(), "verrou@example.org"
    stage.stack.manage("shell", "--verbosity=0", "-c", NINE_FAILURES.format(email=email))
    visitor.go("/connexion/")
    with visitor.expecting(429):
        visitor.local_login(email, "ce-n-est-pas-le-bon")
        visitor.title("La connexion à ce compte est suspendue")
        visitor.look("connexion-verrouillee")


# Nine failures an hour ago by the clock of delays, ten with the one the test adds.
NINE_FAILURES = """
from datetime import timedelta
from axes.models import AccessAttempt
from django.utils import timezone
attempt = AccessAttempt.objects.create(
    username="{email}", ip_address="127.0.0.1", user_agent="", failures_since_start=9, path_info="/connexion/"
)
AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - timedelta(minutes=5))
"""


def test_the_mailbox_of_the_demonstration_leads_to_the_request(stage):
    lea = stage.member(LEA)
    reference = lea.file("Lu dans la boîte", "Un courriel est parti.")
    stage.stack.wait_for_mail(to=lea.email, subject=reference)
    lea.go("/demo/courriels/")
    lea.page.get_by_label("Adresse du destinataire").fill(lea.email)
    lea.press("Chercher")
    lea.follow(f"[{reference}]")
    shown = lea.page.frame_locator("iframe")
    expect(shown.get_by_text("Un courriel est parti.")).to_be_visible()
    lea.look("demo-courriel")
    lea.follow(f"/demandes/{reference}/")

    lea.sees_status("Reçue, en attente de prise en charge")


# --- lists -----------------------------------------------------------------------------------------------
def test_search_without_result_says_what_to_try(stage):
    lea = stage.member(LEA)
    lea.go("/recherche/?q=zygomorphe")
    lea.sees("Aucune demande ne correspond.")
    lea.look("recherche-sans-resultat")


def test_search_finds_a_word_in_another_form_with_or_without_accents(stage):
    lea = stage.member(LEA)
    lea.file("Équivalence de diplôme étranger", "Mes mobylettes sont restées à Liège.")
    for words in ("equivalence", "ÉQUIVALENCE", "mobylettes liege"):
        lea.go("/recherche/")
        lea.field("Numéro ou mots").fill(words)
        lea.press("Rechercher")
        lea.sees("Équivalence de diplôme étranger")


def test_a_request_of_each_status_is_sound(stage):
    """The sample has requests in every status; whoever reads them sees a sound page."""
    ines = stage.member(INES)
    for status in ("submitted", "in_progress", "waiting", "closed", "approved", "refused", "cancelled"):
        ines.go(f"/gestion/tickets/ticket/?vue=toutes&etat={status}")
        row = ines.page.locator(".work-table__link").first
        if not row.count():
            continue
        row.click()
        ines.look(f"gestion-demande-{status}")


@pytest.mark.parametrize("uid", [LEA, HELENE])
def test_dashboard_and_requests_of_the_sample_are_sound(stage, uid):
    person = stage.member(uid)
    person.go("/demandes/")
    person.look(f"tableau-de-bord-{uid.partition('.')[0]}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_request_is_marked_and_found_again(stage, javascript):
    noe = stage.member(NOE, javascript=javascript)
    noe.go("/signets/")
    noe.look("signets-vides")
    reference = noe.file(f"À retrouver {javascript}")
    noe.open(reference)
    noe.press("Poser un signet")
    noe.sees("Signet posé.")
    noe.follow("Signets", exact=True)
    noe.look("signets")
    noe.follow(f"À retrouver {javascript}")
    noe.press("Retirer le signet")

    noe.sees("Signet retiré.")


# --- workbench -------------------------------------------------------------------------------------------
WORKBENCH = {
    "gestion": "/gestion/",
    "gestion-liste": "/gestion/tickets/ticket/",
    "gestion-liste-toutes": "/gestion/tickets/ticket/?vue=toutes",
    "gestion-liste-filtree": "/gestion/tickets/ticket/?vue=toutes&etat=closed&tri=recentes",
    "gestion-liste-vide": "/gestion/tickets/ticket/?q=zygomorphe",
    "gestion-statistiques": "/gestion/statistiques/",
    "gestion-statistiques-delais": "/gestion/statistiques/delais/?par=service&pas=semaine",
    "gestion-statistiques-horaires": "/gestion/statistiques/horaires/",
    "gestion-statistiques-issues": "/gestion/statistiques/issues/?par=origine&pas=trimestre",
    "gestion-statistiques-a-venir": "/gestion/statistiques/a-venir/",
    "gestion-statistiques-mes-chiffres": "/gestion/statistiques/mes-chiffres/",
    "gestion-courriels": "/gestion/notifications/outgoingemail/",
    "gestion-courriels-filtres": "/gestion/notifications/outgoingemail/?etat=sent&depuis=2026-13-01",
    "gestion-courriels-chiffres": "/gestion/courriels/chiffres/",
    "gestion-webhooks": "/gestion/notifications/webhook/",
    "gestion-webhook-nouveau": "/gestion/notifications/webhook/add/",
    "gestion-statistiques-erreur": "/gestion/statistiques/?depuis=2026-02-01&jusque=2026-01-01",
}


@pytest.mark.parametrize("name", WORKBENCH)
def test_workbench_page_is_sound(stage, name):
    francois = stage.member(FRANCOIS)
    francois.go(WORKBENCH[name])

    assert francois.page.get_by_role("heading", level=1).count() == 1
    francois.look(name)


def test_mail_is_sent_again_and_webhook_tried(stage):
    francois = stage.member(FRANCOIS)
    francois.go("/gestion/notifications/outgoingemail/?etat=sent")
    francois.page.locator("main tbody a").first.click()
    francois.look("gestion-courriel")
    francois.press("Renvoyer")
    francois.sees("1 courriel sera renvoyé.")
    francois.sees("Ce qui a été fait de ce courriel")
    francois.look("gestion-courriel-renvoye")

    francois.go("/gestion/notifications/webhook/add/")
    francois.press("Enregistrer")
    francois.look("gestion-webhook-erreur")
    francois.page.get_by_label("Nom").fill("Tableau de bord")
    francois.page.get_by_role("combobox", name="Thème").select_option(index=1)
    francois.page.get_by_label("Adresse URL").fill("https://outils.example.org/tele-demande")
    francois.page.get_by_label("Demande déposée").check()
    francois.press("Enregistrer")
    francois.sees("Copiez-le maintenant")
    francois.press("Essayer")
    francois.sees("Essai envoyé")
    francois.look("gestion-webhook")


def test_workbench_takes_several_requests_at_once(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    references = [lea.file(f"En lot {number}", "Comme les autres.") for number in (1, 2)]
    ines.go("/gestion/tickets/ticket/?vue=a-prendre&q=lot&tri=recentes")
    for reference in references:
        ines.page.get_by_label(f"Choisir {reference}").check()
    ines.press("Prendre en charge les demandes cochées")

    ines.sees("Prise en charge : 2 faites.")
    ines.look("gestion-lot-pris")


@pytest.mark.parametrize(("kind", "start"), [("CSV", b"\xef\xbb\xbfP\xc3\xa9riode;"), ("ODS", b"PK")])
def test_figures_are_downloaded_as_a_table(kind, start, stage):
    francois = stage.member(FRANCOIS)
    francois.go("/gestion/statistiques/")
    with francois.page.expect_download() as download:
        francois.follow(f"Exporter ({kind})")

    assert download.value.path().read_bytes().startswith(start)


def test_figures_are_chosen_chapter_after_chapter(stage):
    francois = stage.member(FRANCOIS)
    francois.go("/gestion/statistiques/")
    francois.page.get_by_text("Choisir les dates, filtrer, répartir").click()
    francois.page.get_by_label("Répartition").select_option(label="par origine")
    francois.press("Afficher")
    francois.follow("Délais")

    francois.title("Statistiques\u00a0: Délais")
    francois.sees("Délai de résolution, par origine")
    assert "par=origine" in francois.page.url


ADMINISTRATION = {
    "administration": "/gestion/",
    "administration-themes": "/gestion/categories/category/",
    "administration-services": "/gestion/categories/service/",
    "administration-roles": "/gestion/categories/role/",
    "administration-personnes": "/gestion/accounts/user/",
}


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_page_is_sound(stage, name):
    theodora = stage.member(THEODORA)
    theodora.go(ADMINISTRATION[name])

    assert theodora.page.get_by_role("heading", level=1).count() == 1
    theodora.look(name)


@pytest.mark.parametrize("name", ["themes", "services", "roles", "personnes"])
def test_first_form_of_the_administration_is_sound(stage, name):
    theodora = stage.member(THEODORA)
    theodora.go(ADMINISTRATION[f"administration-{name}"])
    theodora.page.locator("main tbody a").first.click()

    theodora.look(f"administration-{name}-formulaire")


def test_requests_read_by_nobody_else_are_counted_for_their_handlers_alone(stage):
    ines, bruno = stage.member(INES), stage.member(BRUNO)
    lists = []
    for handler in (ines, bruno):
        handler.go("/gestion/tickets/ticket/?vue=toutes")
        lists.append(set(handler.page.locator(".work-table__reference").all_inner_texts()))

    assert lists[0]
    assert lists[0] & lists[1] == set()
