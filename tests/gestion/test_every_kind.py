"""Each kind of question, alone and in a repeated block: built in the editor, filled in, filed, told."""

import pytest
from django.urls import reverse

from categories.models import FormVersion
from categories.questionnaire.enums import QuestionKind
from notifications.models import OutgoingEmail
from tests.attacks.forms import filed, posted
from tests.factories import pdf
from tests.pages import words_of

TYPED = {
    QuestionKind.SHORT_TEXT: "Licence",
    QuestionKind.LONG_TEXT: "une\ndeux",
    QuestionKind.NUMBER: "1 234,5",
    QuestionKind.DATE: "2026-01-02",
    QuestionKind.DATETIME: "2026-10-25T02:30",
    QuestionKind.CHOICE: "Un",
    QuestionKind.SEVERAL: ["Un", "Deux"],
    QuestionKind.YES_NO: "oui",
    QuestionKind.URL: "exemple.fr",
    QuestionKind.EMAIL: "tuteur@exemple.fr",
    QuestionKind.PHONE: "04 65 71 00 00",
    QuestionKind.INE: "123456789ab",
    QuestionKind.SIRET: "732 829 320 00074",
    QuestionKind.RNA: "w133012345",
    QuestionKind.IBAN: "FR76 3000 6000 0112 3456 7890 189",
}
KEPT = TYPED | {
    QuestionKind.NUMBER: "1234.5",
    QuestionKind.DATETIME: "2026-10-25T00:30+00:00",
    QuestionKind.URL: "https://exemple.fr",
    QuestionKind.PHONE: "+33465710000",
    QuestionKind.INE: "123456789AB",
    QuestionKind.SIRET: "73282932000074",
    QuestionKind.RNA: "W133012345",
    QuestionKind.IBAN: "FR7630006000011234567890189",
}
ACCOUNT = KEPT[QuestionKind.IBAN]


@pytest.fixture
def manager(client_of, mathilde):
    """The browser of the manager."""
    return client_of(mathilde)


@pytest.fixture
def theme(manager, transcripts):
    """A theme whose manager has just put in force a form with everything, built in the admin."""
    _post(manager, transcripts, "theme_form_start")
    for kind in QuestionKind:
        _add(manager, transcripts, kind, f"seul {kind}", "")
    for kind in TYPED:
        _add(manager, transcripts, kind, f"dedans {kind}", "seul_block")
    law = {"requirement": "law", "legal_basis": "CRPA", "condition": '["seul_yes_no", "is", "oui"]'}
    _post(manager, transcripts, "theme_form_piece_add", label="pièce", **law)
    _post(manager, transcripts, "theme_form_publish")
    return transcripts


def _add(manager, theme, kind, label, block):
    given = {"choices": "Un\nDeux"} if kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL) else {}
    given |= {"max_items": "2"} if kind == QuestionKind.BLOCK else {}
    given |= {} if kind == QuestionKind.HEADING else {"is_required": "on"}
    _post(manager, theme, "theme_form_question_add", nature=kind.value, label=label, bloc=block, **given)


def _post(manager, theme, name, **given):
    draft = FormVersion.objects.filter(category=theme).first()
    revision = {"revision": draft.revision} if draft else {}
    answer = manager.post(reverse(f"admin:{name}", args=[theme.pk]), given | revision)
    assert answer.status_code == 302, (name, given)


def values():
    """Return what a browser posts that answers everything, two items in the block."""
    alone = {f"q-seul_{kind}": typed for kind, typed in TYPED.items()}
    inside = {f"q-seul_block-{rank}-dedans_{kind}": typed for kind, typed in TYPED.items() for rank in (0, 1)}
    return alone | inside | {"nb-seul_block": "2", "piece-piece": [pdf()]}


def test_every_kind_is_built_filed_and_kept(theme, client_of, lea):
    ticket = filed(client_of(lea), theme, **values())

    inside = {f"dedans_{kind}": kept for kind, kept in KEPT.items()}
    alone = {f"seul_{kind}": kept for kind, kept in KEPT.items()}
    assert ticket.answers.values == alone | {"seul_block": [inside, inside]}
    assert [file.piece for file in ticket.attachments.all()] == ["piece"]


def test_account_is_masked_on_every_page_and_in_every_mail(theme, client_of, lea, claire):
    browser = client_of(lea)
    check = browser.get(posted(browser, theme, **values())["Location"])
    ticket = filed(browser, theme, **values())

    pages = [check, browser.get(ticket.get_absolute_url())]
    staff = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))
    mails = [f"{mail.subject}{mail.body_text}{mail.body_html}" for mail in OutgoingEmail.objects.all()]
    assert [words_of(page).count("FR76 •••• •••• 0189") for page in (*pages, staff)] == [3] * 3
    assert [page.content.decode().count(ACCOUNT) for page in (*pages, staff)] == [0, 0, 3]
    assert len(mails) > 1
    assert any("FR76 •••• •••• 0189" in mail for mail in mails)
    assert not any(ACCOUNT in mail for mail in mails)


@pytest.mark.parametrize("kind", TYPED)
def test_every_kind_left_empty_stops_the_form(theme, client_of, lea, kind):
    answers = values()
    del answers[f"q-seul_{kind}"]

    answer = posted(client_of(lea), theme, **answers)

    assert answer.status_code == 200
    assert f"seul {kind}" in words_of(answer).partition("Ce que vous demandez")[0]
