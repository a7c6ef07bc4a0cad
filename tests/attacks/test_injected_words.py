"""Words that are HTML, in every place where somebody writes some: shown as words on every page and in mails.

The client of the tests also refuses any page with a script, a handler or a style of its own.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from categories.questionnaire.definition import Condition, Definition, Piece, Question
from categories.questionnaire.enums import QuestionKind, Requirement
from notifications.models import OutgoingEmail
from tests import factories
from tests.attacks.forms import filed, hidden_of, posted, publish, write_url
from tests.pages import filing_of
from tickets.models import Draft

TAGS = ("<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</textarea><script>alert(1)</script>")
ALL = " ".join(TAGS)
OPENINGS = ("<img src=x", "<svg onload", "<script>alert", "<b>gras")
FORM = Definition(
    questions=(
        Question("titre", QuestionKind.HEADING, f"Titre {ALL}", help=f"Aide {ALL}"),
        Question("court", QuestionKind.SHORT_TEXT, f"Court {ALL}", help=f"Aide {ALL}"),
        Question("long", QuestionKind.LONG_TEXT, f"Long {ALL}", help=f"Aide {ALL}"),
        Question("choix", QuestionKind.CHOICE, f"Choix {ALL}", choices=TAGS, help=f"Aide {ALL}"),
        Question("plusieurs", QuestionKind.SEVERAL, f"Plusieurs {ALL}", choices=TAGS),
        Question("accord", QuestionKind.YES_NO, f"Accord {ALL}", help=f"Aide {ALL}"),
        Question("jour", QuestionKind.DATE, f"Jour {ALL}", condition=Condition("choix", value=TAGS[0])),
        Question(
            "bloc",
            QuestionKind.BLOCK,
            f"Bloc {ALL}",
            help=f"Aide {ALL}",
            questions=(
                Question("ligne", QuestionKind.SHORT_TEXT, f"Ligne {ALL}", help=f"Aide {ALL}"),
                Question("dedans", QuestionKind.HEADING, f"Dedans {ALL}", help=f"Aide {ALL}"),
            ),
        ),
        Question("fin", QuestionKind.LONG_TEXT, f"Fin {ALL}", help=f"Aide {ALL}", is_required=True),
    ),
    pieces=(
        Piece(
            "piece",
            f"Pièce {ALL}",
            Requirement.LAW,
            legal_basis=f"Loi {ALL}",
            help=f"Aide {ALL}",
            exemption=f"Dispense {ALL}",
            condition=Condition("choix", value=TAGS[0]),
        ),
        Piece("autre", f"Autre {ALL}", Requirement.LAW, legal_basis=f"Loi {ALL}"),
        Piece("connue", f"Connue {ALL}", exemption=f"Dispense {ALL}"),
    ),
    message="fin",
    intro=f"Début {ALL} <b>gras</b>",
)
ANSWERS = {
    "subject": f"Objet {ALL}",
    "message": f"Message {ALL}\n<b>gras</b>",
    "q-court": f"Réponse {ALL}",
    "q-long": f"Réponse\n{ALL}",
    "q-choix": TAGS[0],
    "q-plusieurs": list(TAGS),
    "q-accord": "oui",
    "q-jour": "2026-04-01",
    "q-bloc-0-ligne": f"Réponse {ALL}",
    "without-autre": "on",
    "reason-autre": f"Raison {ALL}",
    "exempt-connue": "on",
    "for-whom": "person",
    "for-name": f"Nom {ALL}",
    "for-address": f"Adresse {ALL}",
    "for-capacity": f"Titre {TAGS[0]}",
    "without-_mandat": "on",
    "reason-_mandat": f"Raison {ALL}",
    "without-photo": "",
    "reason-photo": "",
}


@pytest.fixture
def hostile(transcripts):
    """A theme whose every word is HTML."""
    publish(transcripts, FORM)
    type(transcripts).objects.filter(pk=transcripts.pk).update(
        name=f"Thème {TAGS[0]}", legal_basis=f"Loi {TAGS[0]}"
    )
    transcripts.service.name = f"Service {TAGS[0]}"
    transcripts.service.save()
    transcripts.refresh_from_db()
    return transcripts


@pytest.fixture
def browser(client_of, lea):
    """Léa, whose name is HTML too."""
    lea.first_name, lea.last_name = TAGS[0], TAGS[1]
    lea.save()
    return client_of(lea)


def unescaped(page):
    """Return what of the words above a browser would take for tags in `page`."""
    return [opening for opening in OPENINGS if opening in page]


def hostile_file():
    return SimpleUploadedFile("<img src=x onerror=alert(1)>.pdf", factories.pdf_bytes())


def test_pages_of_the_requester_show_words_as_words(browser, hostile):
    pages = [browser.get(write_url(hostile)), browser.get(hostile.get_absolute_url())]
    wrong = posted(
        browser, hostile, **ANSWERS | {"q-jour": f"demain {ALL}", "for-siret": ALL, "q-accord": ALL}
    )
    pages.append(wrong)
    ticket = filed(browser, hostile, **ANSWERS, **{"piece-piece": hostile_file(), "files": hostile_file()})
    draft = Draft.objects.get()
    pages += [
        browser.get(reverse("tickets:dashboard")),
        browser.get(write_url(hostile), {"brouillon": draft.key}),
        browser.get(ticket.get_absolute_url()),
        browser.get(reverse("tickets:filed", args=[ticket.reference])),
        browser.get(reverse("tickets:search"), {"q": "objet"}),
    ]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [unescaped(page.content.decode()) for page in pages] == [[]] * len(pages)
    assert wrong.content.decode().count("&lt;img src=x") > 20


def test_check_page_and_closed_theme_show_words_as_words(browser, hostile):
    written = posted(browser, hostile, **ANSWERS, **{"piece-piece": hostile_file(), "files": hostile_file()})
    checked = browser.get(written["Location"])
    type(hostile).objects.filter(pk=hostile.pk).update(is_published=False)
    closed = browser.get(write_url(hostile), {"brouillon": Draft.objects.get().key})
    refused = browser.post(reverse("tickets:check", args=[hostile.slug]), filing_of(checked), follow=True)

    for page in (checked, closed, refused):
        assert page.status_code == 200
        assert unescaped(page.content.decode()) == []
        assert "&lt;img src=x" in page.content.decode()


def test_pages_of_the_staff_show_words_as_words(browser, client_of, claire, adam, mathilde, hostile):
    ticket = filed(browser, hostile, **ANSWERS, **{"piece-piece": hostile_file()})
    factories.move(ticket, "take", claire)
    change = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    addresses = [
        (claire, change),
        (claire, reverse("admin:tickets_ticket_changelist")),
        (mathilde, change),
        (adam, change),
        (adam, reverse("admin:categories_category_change", args=[hostile.pk])),
        (adam, reverse("admin:categories_category_changelist")),
        (adam, reverse("admin:notifications_outgoingemail_changelist")),
    ]

    for person, address in addresses:
        page = client_of(person).get(address)
        assert (address, page.status_code, unescaped(page.content.decode())) == (address, 200, [])
        assert "&lt;img src=x" in page.content.decode()


def test_mails_show_words_as_words_and_have_one_line_of_subject(browser, claire, hostile):
    odd = {"subject": f"Objet\r\nBcc: x@example.org {TAGS[0]}", "piece-piece": hostile_file()}
    ticket = filed(browser, hostile, **ANSWERS | odd)
    factories.move(ticket, "take", claire)
    factories.move(ticket, "ask", claire, message=f"Question {ALL}")

    mails = list(OutgoingEmail.objects.all())
    assert {mail.message for mail in mails} >= {"receipt", "asked"}
    for mail in mails:
        assert unescaped(mail.body_html) == []
        assert "\n" not in mail.subject + "".join(mail.headers.values())


def test_answers_of_scripts_are_never_pages(browser, hostile):
    page = browser.get(write_url(hostile))
    typed = hidden_of(page) | ANSWERS | {"piece-piece": hostile_file()}

    for name in ("autosave", "upload"):
        answer = browser.post(reverse(f"tickets:{name}", args=[hostile.slug]), typed)
        assert answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
