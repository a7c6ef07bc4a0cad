"""What may go wrong while somebody files: no word and no file of hers is lost, and she is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import CAMILLE, LEA, NOE
from tests.e2e.forms import COMPLETE, make_themes
from tests.e2e.samples import pdf
from tests.e2e.test_filing import SAVED, begin, choose, is_saved, piece

pytestmark = pytest.mark.browser

WRITE = f"/demandes/nouvelle/{COMPLETE}/"
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
QUICK = SLOW | {"uploadThroughput": -1}


@pytest.fixture(autouse=True)
def _themes(stack):
    make_themes(stack)


def status_of(person):
    return person.page.locator("[data-autosave-status]")


def heavy(name):
    """Return a PDF of some weight: it takes seconds to send slowly."""
    return pdf(name) | {"buffer": pdf(name)["buffer"] + b"\n%" + b"0" * 3_000_000}


def network(person):
    """Return how to change the speed of the network of this person."""
    session = person.context.new_cdp_session(person.page)
    session.send("Network.enable")
    return lambda conditions: session.send("Network.emulateNetworkConditions", conditions)


def test_session_that_ends_keeps_text_and_files_and_says_so(stage):
    lea = begin(stage)
    lea.field("Exposé").fill("Avant la fin de la session.")
    is_saved(lea)
    lea.lose_session()
    lea.field("Exposé").fill("Après la fin de la session.")
    lea.sees("Votre session est terminée.")
    choose(lea, "identite", pdf("tard.pdf"))
    expect(piece(lea, "identite").locator("[data-file]")).to_have_count(1)
    lea.look("depot-session-terminee")
    lea.press("Continuer : vérifier ma demande")
    lea.follow("Se connecter avec le compte AMU")
    lea.is_signed_in()

    expect(lea.field("Exposé")).to_have_value("Après la fin de la session.")
    expect(piece(lea, "identite").locator(".file-list__name")).to_have_text(["tard.pdf"])


def test_login_in_another_tab_makes_the_page_whole_again(stage):
    lea = begin(stage)
    lea.lose_session()
    lea.field("Exposé").fill("Sans session.")
    lea.sees("Votre session est terminée.")
    other = lea.context.new_page()
    other.goto(f"{stage.url}/connexion/cas/")
    expect(other.get_by_role("button", name="Déconnexion")).to_be_attached()
    with lea.expecting(403):  # the token of the page is the old one: it takes the new one by itself
        lea.field("Exposé").fill("Avec une nouvelle session.")
        with lea.page.expect_response(lambda answer: answer.status == 200 and "enregistrer" in answer.url):
            pass
    lea.page.reload()

    expect(lea.field("Exposé")).to_have_value("Avec une nouvelle session.")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_two_tabs_on_one_draft_keep_both_texts(stage, javascript):
    lea = begin(stage, javascript=javascript)
    subject = f"Deux onglets {javascript}"
    lea.field("Objet").fill(subject)
    lea.field("Exposé").fill("Au départ.")
    if javascript:
        is_saved(lea)
    else:
        lea.press("Ajouter – Séjour")
    first, second = lea.page, lea.context.new_page()
    second.goto(first.url)
    keep(first, "Premier onglet.", javascript)
    with lea.expecting(409):
        keep(second, "Second onglet.", javascript)
        expect(
            second.get_by_text("gardé dans un second brouillon").locator("visible=true").first
        ).to_be_visible()
    if javascript:
        lea.page = second
        lea.look("depot-deux-onglets")
        keep(second, "Second onglet, suite.", javascript)
    lea.go("/demandes/")
    drafts = lea.page.locator(".ticket-row", has_text=subject).get_by_role("link", name="Reprendre")
    addresses = [link.get_attribute("href") for link in drafts.all()]

    texts = set()
    for address in addresses:
        lea.go(address)
        texts.add(lea.field("Exposé").input_value())
    assert texts == {"Premier onglet.", "Second onglet, suite." if javascript else "Second onglet."}


def keep(page, text, javascript):
    """Write in a tab, and have it kept: by its script, or by a button."""
    page.get_by_role("textbox", name="Exposé").fill(text)
    if not javascript:
        page.get_by_role("button", name="Ajouter – Séjour").click()
        return
    with page.expect_response("**/enregistrer/"):
        pass


def test_upload_that_is_cut_is_sent_again_alone(stage):
    lea = begin(stage)
    lea.field("Exposé").fill("Le réseau est mauvais.")
    choose(lea, "identite", pdf("petit.pdf"))
    identity = piece(lea, "identite")
    expect(identity.locator("[data-file]")).to_have_count(1)
    is_saved(lea)
    speed = network(lea)
    speed(SLOW)
    choose(lea, "identite", heavy("gros.pdf"), heavy("annulé.pdf"))
    lea.press("Annuler l’envoi annulé.pdf")
    expect(identity.get_by_text(re.compile(r"^Envoyé à [2-9]\d"))).to_be_visible()
    lea.look("depot-envoi-en-cours")
    with lea.expecting(0):
        lea.context.set_offline(True)
        expect(identity.get_by_text(re.compile(r"L’envoi s’est arrêté à \d+\s%\."))).to_be_visible()
        lea.look("depot-envoi-coupe")
        lea.context.set_offline(False)
    speed(QUICK)
    lea.press("Continuer : vérifier ma demande")
    expect(lea.button("Recommencer ce fichier gros.pdf")).to_be_focused()
    lea.press("Recommencer ce fichier gros.pdf")
    expect(identity.locator("[data-file]")).to_have_count(2)
    lea.page.reload()

    expect(identity.locator(".file-list__name")).to_have_text(["petit.pdf", "gros.pdf"])
    expect(lea.field("Exposé")).to_have_value("Le réseau est mauvais.")


def test_network_lost_and_found_loses_nothing(stage):
    lea = begin(stage)
    with lea.expecting(0):
        lea.context.set_offline(True)
        lea.field("Exposé").fill("Dans le tunnel.")
        expect(status_of(lea)).to_have_text(
            re.compile(r"Hors connexion\s: votre texte est gardé dans cette page")
        )
        lea.press("Continuer : vérifier ma demande")
        # Not before: a network that comes back meanwhile would let the form leave, as she asked.
        expect(status_of(lea)).to_have_text(re.compile("Rien n’est envoyé"))
        expect(lea.field("Exposé")).to_have_value("Dans le tunnel.")
        lea.context.set_offline(False)
    expect(status_of(lea)).to_have_text(SAVED)
    lea.page.reload()

    expect(lea.field("Exposé")).to_have_value("Dans le tunnel.")


def test_page_that_dies_before_saving_gives_its_text_back(stage):
    lea = begin(stage)
    lea.page.route("**/enregistrer/", lambda route: route.abort())
    with lea.expecting(0):
        lea.field("Exposé").fill("Perdu ? Non.")
        expect(status_of(lea)).to_have_text(re.compile("Hors connexion"))
        lea.page.reload()
        lea.page.unroute("**/enregistrer/")
    lea.sees("Un texte n’a pas été enregistré")
    lea.look("depot-reprise")
    lea.press("Reprendre ce texte")
    lea.page.wait_for_url(re.compile("brouillon="))

    expect(lea.field("Exposé")).to_have_value("Perdu ? Non.")
    lea.page.reload()
    expect(lea.page.locator("[data-resume]")).to_be_hidden()


def test_copy_of_somebody_else_is_thrown_away(stage):
    lea = begin(stage)
    lea.page.route("**/enregistrer/", lambda route: route.abort())
    with lea.expecting(0):
        lea.field("Exposé").fill("Mon secret.")
        expect(status_of(lea)).to_have_text(re.compile("Hors connexion"))
        lea.context.add_cookies(stage.member(NOE).context.cookies())
        lea.go(WRITE)
        lea.page.unroute("**/enregistrer/")

    expect(lea.page.locator("[data-resume]")).to_be_hidden()
    assert lea.page.evaluate("JSON.stringify({...sessionStorage})").count("secret") == 0


@pytest.mark.parametrize("how", ["cas", "local"])
def test_text_of_a_visitor_is_hers_once_she_logs_in(stage, how):
    visitor = stage.person()
    visitor.go(WRITE)
    visitor.field("Exposé").fill(f"Avant de dire qui je suis ({how}).")
    is_saved(visitor)
    if how == "cas":
        visitor.look("depot-visiteur")
    visitor.press("Continuer : me connecter")
    if how == "cas":
        visitor.follow("Se connecter avec le compte AMU")
        visitor.cas(LEA)
    else:
        visitor.local_login(CAMILLE.email, CAMILLE.password)
    visitor.is_signed_in()

    visitor.at(WRITE)
    expect(visitor.field("Exposé")).to_have_value(f"Avant de dire qui je suis ({how}).")
