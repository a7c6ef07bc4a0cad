"""Each theme that is shipped can be filed: with its own questions, with its pieces, and without them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from categories.models import Category
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.form import input_name
from categories.questionnaire.lists import choices_of, offered_by
from categories.questionnaire.versions import current_form
from tests.factories import pdf
from tests.pages import errors_of, filing_of, key_of, words_of
from tickets.models import Ticket
from tickets.presentation import facts_of

TEXTS = {
    QuestionKind.SHORT_TEXT: "Licence d’histoire",
    QuestionKind.LONG_TEXT: "Voici ce que je demande.",
    QuestionKind.NUMBER: "12,5",
    QuestionKind.DATE: "2001-05-14",
    QuestionKind.DATETIME: "2026-12-01T14:30",
    QuestionKind.URL: "www.univ-amu.fr/page",
    QuestionKind.INE: "123 456 789 AB",
    QuestionKind.SIRET: "732 829 320 00074",
    QuestionKind.RNA: "W131000001",
}


@pytest.fixture
def themes(db):
    """The shipped themes, loaded as a new installation loads them."""
    call_command("load_themes", verbosity=0)
    return list(Category.objects.fileable().order_by("slug"))


def answers_to(definition):
    """Return what a person posts who answers every question."""
    questions = [one for one in definition.questions if one.name != definition.message]
    offered = offered_by(questions)
    return {
        input_name(one): (choices_of(one, offered)[0] if one.kind == QuestionKind.CHOICE else TEXTS[one.kind])
        for one in questions
    }


def pieces_of(definition):
    """Return the files and the boxes of a person who joins every other piece and lacks the rest."""
    posted = {}
    for rank, piece in enumerate(definition.pieces):
        if rank % 2 == 0:
            posted[f"piece-{piece.name}"] = pdf(f"{piece.name}.pdf")
        elif piece.is_required:
            posted |= {f"without-{piece.name}": "on", f"reason-{piece.name}": "Je l’ai demandée."}
    return posted


def filed(browser, category, definition):
    """File a request under `category`; return it, or what stopped it."""
    address = reverse("tickets:write", args=[category.slug])
    words = {"key": key_of(browser.get(address)), "subject": category.name, "message": "Bonjour."}
    written = browser.post(address, words | answers_to(definition) | pieces_of(definition))
    if written.status_code != 302:
        return errors_of(written)
    checked = browser.get(written["Location"])
    browser.post(reverse("tickets:check", args=[category.slug]), filing_of(checked))
    return Ticket.objects.with_answers().filter(category=category).first() or words_of(checked)


def test_every_shipped_theme_is_filed_with_its_own_questions_and_pieces(client_of, lea, themes, settings):
    settings.ACTS_PER_HOUR, browser = 1000, client_of(lea)
    wrong = {}

    for category in themes:
        definition = current_form(category)
        ticket = filed(browser, category, definition)
        if not isinstance(ticket, Ticket):
            wrong[category.slug] = ticket
            continue
        facts = facts_of(ticket, list(ticket.attachments.all()))
        asked = [one.label for one in definition.questions if one.name != definition.message]
        assert [row.label for row in facts.answers] == asked
        joined = [one.piece.name for one in facts.pieces if one.files]
        assert joined == [piece.name for rank, piece in enumerate(definition.pieces) if rank % 2 == 0]
        lacking = [piece.name for piece in definition.pieces[1::2] if piece.is_required]
        assert [one.piece.name for one in facts.pieces if one.is_missing] == lacking
        assert ticket.is_incomplete == bool(lacking)

    assert wrong == {}
    assert len(themes) == Ticket.objects.count() == 69


def test_student_is_not_asked_for_what_the_university_knows_of_students(client_of, lea, marc, themes):
    lea.affiliations, marc.affiliations = ["student"], ["alum"]
    lea.save()
    marc.save()
    address = reverse("tickets:write", args=["exoneration-droits"])
    known = "L’université a déjà cette pièce : vous n’avez pas à la joindre."

    pages = [words_of(client_of(person).get(address)).replace("\xa0", " ") for person in (lea, marc)]

    assert [page.count(known) for page in pages] == [1, 0]
