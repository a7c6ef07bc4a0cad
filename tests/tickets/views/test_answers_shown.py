"""What was answered is shown as it was asked, to those who may read it, and found by its words."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from categories.models import FormVersion
from categories.questionnaire.definition import Definition, Piece, Question, write_definition
from categories.questionnaire.enums import QuestionKind, Requirement
from tests import factories
from tests.pages import words_of
from tickets.models import Ticket
from tickets.search.matching import tickets_with
from tickets.services.content import Content
from tickets.services.drafts import add_files, keep_draft
from tickets.services.filing import open_ticket

IBAN = "FR7630006000011234567890189"
MASKED = "FR76 •••• •••• 0189"
QUESTIONS = (
    Question("formation", QuestionKind.SHORT_TEXT, "Formation suivie"),
    Question("sante", QuestionKind.SHORT_TEXT, "État de santé", is_sensitive=True),
    Question("compte", QuestionKind.IBAN, "Compte bancaire"),
    Question("naissance", QuestionKind.DATE, "Date de naissance"),
)
PIECES = (Piece("diplome", "Diplôme", Requirement.LAW), Piece("lettre", "Lettre"))


def publish(category, number, definition):
    """Put a version of the form of `category` in force."""
    return FormVersion.objects.create(
        category=category,
        number=number,
        definition=write_definition(definition),
        published_at=timezone.now(),
    )


@pytest.fixture
def version(refunds):
    """The form in force when the request is filed."""
    return publish(refunds, 1, Definition(QUESTIONS, PIECES))


@pytest.fixture
def ticket(lea, refunds, version):
    """A request filed with it: an answer to each question, a piece missing, a piece joined."""
    draft = factories.draft_of(lea, refunds)
    assert add_files(draft, [factories.pdf("lettre.pdf")], "lettre") == []
    answers = {"formation": "Archéologie", "sante": "asthmatique", "compte": IBAN, "naissance": "2001-04-01"}
    content = Content(
        "Remboursement",
        "Bonjour.",
        answers,
        {"diplome": {"kind": "missing", "why": "Jamais reçu."}},
        {"for": "person", "name": "Paul Aubagne", "capacity": "mère"},
        frozenset({"diplome", "lettre"}),
        is_incomplete=True,
    )
    return open_ticket(draft.key, requester=lea, content=content)


def pages(ticket, client_of, lea, bruno):
    """Return the words of the request's two pages."""
    mine = client_of(lea).get(ticket.get_absolute_url())
    theirs = client_of(bruno).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))
    return [words_of(page).replace("\xa0", " ") for page in (mine, theirs)]


def test_both_sides_read_answers_pieces_and_for_whom(ticket, client_of, lea, bruno):
    for page in pages(ticket, client_of, lea, bruno):
        for words in ("Formation suivie Archéologie", "1er avril 2001", "Paul Aubagne", "lettre.pdf"):
            assert words in page
        assert "Diplôme manque Raison donnée : Jamais reçu." in page


def test_only_staff_read_a_bank_account_whole(ticket, client_of, lea, bruno):
    mine, theirs = pages(ticket, client_of, lea, bruno)

    assert (MASKED in mine, IBAN in mine) == (True, False)
    assert (MASKED in theirs, IBAN in theirs) == (True, True)


def test_request_keeps_the_form_it_was_filed_with(ticket, client_of, lea, bruno, refunds, version):
    renamed = (Question("formation", QuestionKind.SHORT_TEXT, "Diplôme préparé"),)
    publish(refunds, 2, Definition(renamed))

    for page in pages(ticket, client_of, lea, bruno):
        assert "Formation suivie Archéologie" in page
        assert "Diplôme préparé" not in page
    assert Ticket.objects.get().form_version == version


@pytest.mark.parametrize(("words", "found"), [("archeologie", 1), ("asthmatique", 0), (IBAN, 0)])
def test_answers_are_found_but_not_what_is_sensitive(ticket, lea, words, found):
    assert tickets_with(words, reader=lea).count() == found


def test_form_is_filled_with_what_the_university_knows(client_of, lea, refunds):
    known = Question("numero", QuestionKind.SHORT_TEXT, "Numéro étudiant", prefill="supannEtuId")
    secret = Question("mot", QuestionKind.SHORT_TEXT, "Mot de passe", prefill="profile.password")
    publish(refunds, 1, Definition((known, secret)))
    lea.cas_attributes = {"supannEtuId": ["23000101"]}
    lea.save()

    page = client_of(lea).get(reverse("tickets:write", args=[refunds.slug])).content.decode()

    assert 'value="23000101"' in page
    assert lea.password not in page


@pytest.mark.parametrize(("is_required", "filled"), [(True, 1), (False, 0)])
def test_required_answer_left_empty_before_login_is_filled_after(
    client_of, lea, refunds, is_required, filled
):
    known = Question(
        "numero", QuestionKind.SHORT_TEXT, "Numéro", is_required=is_required, prefill="supannEtuId"
    )
    publish(refunds, 1, Definition((known,)))
    lea.cas_attributes = {"supannEtuId": ["23000101"]}
    lea.save()
    draft = keep_draft(uuid.uuid4(), owner=lea, category=refunds, values={"q-numero": "", "subject": "Moi"})

    page = client_of(lea).get(f"{reverse('tickets:write', args=[refunds.slug])}?brouillon={draft.key}")

    assert page.content.decode().count('value="23000101"') == filled
    assert draft.values["q-numero"] == ""
