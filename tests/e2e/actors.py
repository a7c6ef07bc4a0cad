"""People in front of their browser. They find things as anybody does: by words and by roles."""

import json
import re
from contextlib import contextmanager

from playwright.sync_api import expect

from teledemande.demo.personas import outsiders, personas
from tests.e2e.watch import Watch

REFERENCE = re.compile(r"TD-\d{4}-\d{6}")
THEME = "Inscription administrative tardive (après la clôture)"
BRANCH = "Candidatures, inscriptions et mobilité internationale"
THEME_SLUG = "inscription-tardive"
MESSAGE = "Motif du retard"  # the long question of that theme: the words of the request

LEA, NOE, HELENE = "lea.fontvieille", "noe.garlaban", "helene.aubrespin"
INES, MAELLE, BRUNO = "ines.calanquet", "maelle.saintebaume", "bruno.mistralet"
FRANCOIS, THEODORA = "francois.vauvenarc", "theodora.estaqueau"
AT_ONCE = "Aucun : la réponse part aussitôt"  # how long a handler may take an answer back
PERSONAS = {one.uid: one for one in personas()}
CAMILLE = outsiders()[0]


class Person:
    """Somebody and her browser: one context, one page at a time."""

    def __init__(self, stage, context):
        self.stage = stage
        self.context = context
        self.watch = Watch(context, stage.url)
        self.page = context.new_page()

    # --- moving about -------------------------------------------------------------------------------
    def go(self, path):
        """Open an address of the site, or a whole address (a link of a mail)."""
        return self.page.goto(path if path.startswith("http") else f"{self.stage.url}{path}")

    def at(self, path):
        """Wait until the address is `path`, whatever follows the question mark."""
        self.page.wait_for_url(re.compile(rf"^{re.escape(self.stage.url + path)}(\?.*)?$"))

    def follow(self, name, **options):
        """Follow the link `name`."""
        self.link(name, **options).click()

    def press(self, name, **options):
        """Press the button `name`."""
        self.button(name, **options).click()

    def link(self, name, **options):
        return self.page.get_by_role("link", name=name, **options).first

    def button(self, name, **options):
        return self.page.get_by_role("button", name=name, **options).first

    def field(self, name):
        return self.page.get_by_role("textbox", name=name)

    def write(self, **fields):
        """Fill text fields: `write(Objet="…")`."""
        for name, words in fields.items():
            self.field(name.replace("_", " ")).fill(words)

    def attach(self, *files):
        """Choose files in « Fichiers attachés »."""
        self.page.get_by_label("Fichiers attachés").first.set_input_files(list(files))

    @contextmanager
    def expecting(self, *statuses):
        """Let these statuses pass meanwhile."""
        with self.watch.expecting(*statuses):
            yield

    # --- reading ------------------------------------------------------------------------------------
    def title(self, words):
        """Wait for a page whose one heading of level 1 is `words`."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def heading(self):
        """Return the heading of level 1."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def sees(self, *sentences):
        """Wait until each sentence is visible."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).locator("visible=true").first).to_be_visible()

    def sees_nothing_of(self, *sentences):
        """Make sure that none of these words is in the page."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence)).to_have_count(0)

    def sees_status(self, words):
        """Wait for the status of the request at the top of its page."""
        expect(self.page.locator(".ticket-head .status__word")).to_have_text(words)

    def look(self, name):
        """Have the page looked at in its four views, once in the session."""
        self.stage.looks.look(self.page, name)

    def reference(self):
        """Return the reference shown in the page."""
        words = self.page.locator("main").inner_text()
        return REFERENCE.search(words)[0]

    # --- coming and going -----------------------------------------------------------------------------
    def cas(self, uid):
        """Give login and password on the page of the CAS server."""
        self.page.get_by_label("Identifiant").fill(uid)
        self.page.get_by_label("Mot de passe").fill(PERSONAS[uid].password)
        self.page.get_by_role("button", name="Se connecter").click()

    def enter_by_cas(self, uid):
        """Sign in from the login page, through CAS."""
        self.go("/connexion/")
        self.follow("Se connecter avec le compte AMU")
        self.cas(uid)
        self.is_signed_in()

    def unfold_local_login(self):
        """Unfold « Avec votre adresse électronique », unless it is."""
        if not self.field("Adresse électronique").is_visible():
            self.page.get_by_text("Avec votre adresse électronique").click()

    def local_login(self, email, password):
        """Sign in with an address and a password, on the login page shown."""
        self.unfold_local_login()
        self.field("Adresse électronique").fill(email)
        self.page.get_by_label("Mot de passe", exact=False).first.fill(password)
        self.press("Se connecter", exact=True)

    def is_signed_in(self):
        expect(self.button(re.compile("Déconnexion|Sign out"))).to_be_attached()

    def lose_session(self):
        """Lose the session, as after a night."""
        self.context.clear_cookies(name="td_session")

    # --- filing ---------------------------------------------------------------------------------------
    def choose_theme(self, theme=THEME, branch=BRANCH):
        """Unfold the tree and choose a theme."""
        self.page.locator("summary").filter(has_text=branch).first.click()
        self.follow(theme)

    def begin(self, subject, message, *files, slug=THEME_SLUG):
        """Write a request up to its check page."""
        self.go(f"/demandes/nouvelle/{slug}/")
        if self.heading() == "Votre adresse postale":
            self.give_postal_address()
        self.fill_request(subject, message, *files)
        self.press("Continuer : vérifier ma demande")
        self.title("Vérifier votre demande")

    def give_postal_address(self):
        """Give the postal address, asked once before the first request."""
        self.field("Numéro et rue").fill("12 chemin des Amandiers")
        self.field("Code postal").fill("13100")
        self.field("Ville").fill("Aix-en-Provence")
        self.press("Enregistrer et continuer")

    def fill_request(self, subject, message, *files):
        """Fill the form of a request: its own questions, and a reason for each piece that is not joined."""
        self.field("Objet").fill(subject)
        self.field("Intitulé de la formation").fill("Licence d’histoire")
        for choice in self.page.locator(".filing__section .question select").all():
            choice.select_option(index=1)
        for piece in self.page.locator("#pieces ~ .piece", has=self.page.locator("[name^=without-]")).all():
            piece.get_by_label("Je n’ai pas cette pièce").check()
            piece.get_by_label("Pourquoi").fill("Je l’enverrai dès que je l’aurai.")
        self.field(MESSAGE).fill(message)
        if files:
            self.attach(*files)

    def file(self, subject="Inscription après la clôture", message="Bonjour, voici ma demande.", *files):
        """File a request and return its reference."""
        self.begin(subject, message, *files)
        self.deposit()
        self.title("Votre demande est déposée")
        return self.reference()

    def accept_terms(self):
        """Tick the box of the check page."""
        self.page.get_by_label("J’ai lu les conditions").check()

    def deposit(self):
        """Accept the terms and file, from the check page."""
        self.accept_terms()
        self.press("Déposer ma demande")

    def has_joined(self, *names):
        """Wait until these files are in the draft."""
        for name in names:
            expect(self.page.locator("[data-file]", has_text=name)).to_be_visible()

    def open(self, reference):
        """Open one's own request."""
        self.go(f"/demandes/{reference}/")

    # --- handling -------------------------------------------------------------------------------------
    def handle(self, reference):
        """Open a request in the workbench, through its list."""
        self.go(f"/gestion/tickets/ticket/?vue=toutes&q={reference}")
        self.follow(reference)
        self.sees(f"Demande {reference}")

    def waits_before_sending(self, time):
        """Choose for how long she may take an answer back."""
        self.go("/gestion/tickets/ticket/affichage/")
        self.page.get_by_label("Temps pour reprendre une réponse envoyée").select_option(label=time)
        self.press("Enregistrer")
        self.sees("Affichage enregistré.")

    def move(self, label, message="", button=None, **choices):
        """Make a move that has a page: its link, its words, its button."""
        self.follow(label, exact=True)
        self.title(label)
        for name, value in choices.items():
            self.page.get_by_label(name).select_option(label=value)
        if message:
            self.page.locator("textarea[name=message]").fill(message)
        self.press(button or label, exact=True)


def cookies_of(context):
    """Return the cookies of a browser context, as another one takes them."""
    return json.loads(json.dumps(context.cookies()))
