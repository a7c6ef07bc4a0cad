"""Each move, told to each kind of recipient, in both languages, in words of a theme: sound on the wire.

Requester, guest by account, guest by address, handler, manager, follower, mailbox; confidential or not.
"""

import email
import email.policy
import re
from html.parser import HTMLParser

import pytest

from accounts.models import User
from categories.enums import RoleKind
from categories.roles import grant_role
from notifications.models import OutgoingEmail
from notifications.rules import RULES, messages
from notifications.smtp import _message
from notifications.wordings.writing import save_wording
from notifications.wordings.zones import EDITABLE, LINES
from tests import factories
from tests.tickets.lifecycle.grid import COLUMNS, TABLE, set_scene
from tickets.services.following import follow

pytestmark = pytest.mark.django_db

HOSTILE = "Relevé {{nom}} <b>gras</b>\r\nBcc: victime@example.org"
WORDS = {"fr": "Ici le guichet {{ theme }} & <i>bienvenue</i>.", "en": "Desk {{ theme }} & <i>welcome</i>."}
# What one part says and the other has no use for: the label of a button, of an address, of a greeting.
CHROME = {
    *("ouvrir", "ma", "la", "demande", "votre", "bonjour", "si", "le", "bouton", "ne", "répond", "pas"),
    *("copiez", "cette", "adresse", "amu", "télé-demande", "open", "my", "the", "request", "your", "hello"),
    *("if", "button", "does", "not", "work", "copy", "this", "address", "of"),
}
# Those no column of the table makes by default, or that others make on the way.
ELSEWHERE = {
    "submit",
    "receive",
    "lose",
    "linked",
    "unlinked",
    "continues",
    "continued",
    "leave",
    "admin_access",
}
NEVER_CONFIDENTIAL = {"move", "give_back", "publish_solution", "accept_solution", "decline_solution"}
KINDS = sorted(set(RULES) - ELSEWHERE - {"take_back"})


def said(zone, language):
    """Return what is written in `zone`: words of its own."""
    return f"{zone}-{language}" if zone in LINES else f"{zone}-{language} {WORDS[language]}"


class _Visible(HTMLParser):
    """The words a reader sees."""

    def __init__(self):
        super().__init__()
        self.words, self._hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)


def words_of(text):
    return {word.lower() for part in text.split() if (word := part.strip("\xa0 .,:;!?«»“”>-–()\"'’"))}


def sound(mail):
    """Assert that `mail` crosses any server, and says the same in both parts."""
    raw = _message(mail).message().as_bytes(linesep="\r\n")
    head, _blank, body = raw.partition(b"\r\n\r\n")
    assert raw.isascii()
    assert max(len(line) for line in body.splitlines()) <= 76
    assert [line for line in head.splitlines() if line.startswith(b"Bcc")] == []
    assert "\n" not in mail.subject
    assert len(mail.subject) <= 79
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Subject"] == mail.subject
    text, html = (read.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert (text, html) == (mail.body_text, mail.body_html)
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 72
    assert not re.search(r"<b>|<i>|<script|<img|\{\{ |\{%", html)
    seen = _Visible()
    seen.feed(html)
    plain, shown = words_of(text), words_of(" ".join(seen.words))
    assert plain - shown - CHROME == set()
    assert shown - plain - CHROME - words_of(mail.subject) == set()


@pytest.fixture
def cast(lea, marc, claire, colette, mathilde, oscar, ines):
    """Everybody told, by the column of the table of moves."""
    return {
        "requester": lea,
        "guest": marc,
        "assignee": claire,
        "handler": colette,
        "manager": mathilde,
        "observer": oscar,
        "stranger": ines,
        "system": None,
    }


@pytest.fixture
def worded(adam, studies):
    """Words in each zone of each message, for every theme."""
    for name, message in EDITABLE.items():
        texts = {zone: {language: said(zone, language) for language in WORDS} for zone in message.zones}
        # A mailbox may name the theme, and nothing else.
        save_wording(None, name, texts, author=adam, revision=0)


def filed(cast, theme):
    theme.mailbox = "bureau@example.org"
    theme.save()
    handlers = {"assignee": RoleKind.HANDLER, "handler": RoleKind.HANDLER, "observer": RoleKind.OBSERVER}
    for who, kind in (handlers | {"manager": RoleKind.MANAGER}).items():
        grant_role(cast[who], theme, kind)
    ticket = factories.file_ticket(cast["requester"], theme, subject=HOSTILE, message=f"Bonjour\n{HOSTILE}")
    scene = set_scene(ticket, cast["handler"], theme)
    factories.invite(ticket, cast["guest"])
    follow(ticket, cast["observer"])
    return ticket, scene


def made(kind, cast, ticket, scene):
    """Make the move by whoever may, under way if that can be: somebody in charge is told then."""
    status, who = next(
        (status, COLUMNS[rank])
        for status, cells in sorted(TABLE[kind].items(), key=lambda row: row[0] != "in_progress")
        for rank, cell in enumerate(cells)
        if cell not in "-!"
    )
    scene.force(kind, status, cast["assignee"])
    given = scene.given(kind, cast[who])
    if kind in ("note", "report_abuse"):
        given["message"] = "Voir avec @colette.roux et @mathilde.leroy."
    factories.move(ticket, kind, cast[who], **given)
    return list(OutgoingEmail.objects.filter(event__kind=kind, ticket=ticket))


def speak(language):
    User.objects.update(language=language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_mails_of_each_move_are_sound(kind, language, cast, transcripts, late_enrolment, worded):
    ticket, scene = filed(cast, transcripts)
    scene.theme = late_enrolment
    speak(language)

    mails = made(kind, cast, ticket, scene)

    assert mails
    for mail in mails:
        sound(mail)
        language = mail.headers["Content-Language"]
        zones = EDITABLE[mail.message].zones if mail.message in EDITABLE else ()
        for zone in zones:
            places = (mail.subject,) if zone in LINES else (mail.body_text, mail.body_html)
            assert [f"{zone}-{language}" in place for place in places] == [True] * len(places)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - NEVER_CONFIDENTIAL))
def test_mails_of_a_confidential_request_are_sound_and_say_nothing(kind, cast, alert, worded):
    ticket, scene = filed(cast, alert)

    mails = made(kind, cast, ticket, scene)

    assert mails
    for mail in mails:
        sound(mail)
        assert mail.message not in EDITABLE
        secret = ("Relevé", "guichet", "closing-", "Signalement", "Claire", "Colette", "Léa", "@colette")
        assert [word for word in secret if word in mail.subject + mail.body_text + mail.body_html] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_mails_of_filing_leaving_and_every_path_are_sound(language, cast, transcripts, worded):
    speak(language)
    ticket, _scene = filed(cast, transcripts)
    factories.move(ticket, "leave", cast["guest"])

    mails = OutgoingEmail.objects.filter(ticket=ticket)

    told = {"receipt", "staff_news", "announcement", "invited", "guest_invited", "guest_news", "left"}
    assert {mail.message for mail in mails} == told
    for mail in mails:
        sound(mail)


def test_every_message_is_told_by_a_move_tried_here():
    tried = {rule.message for kind in (*KINDS, "submit", "leave") for rule in RULES[kind]}
    confidential = {"confidential", "staff_confidential", "guest_confidential"}

    # Several news put together: tests/notifications/test_grouping.py.
    assert messages() == tried | confidential | {"staff_group"}
