"""A theme whose form has a bit of everything, and how a hostile browser fills it in."""

import re
from html import unescape

from django.urls import reverse
from django.utils import timezone

from categories.models import FormVersion
from categories.questionnaire.definition import Condition, Definition, Piece, Question, write_definition
from categories.questionnaire.enums import QuestionKind, Requirement
from tests.pages import filing_of
from tickets.models import Ticket

QUESTIONS = (
    Question("motif", QuestionKind.CHOICE, "Motif", choices=("Perte", "Vol")),
    Question("recepisse", QuestionKind.SHORT_TEXT, "Récépissé", condition=Condition("motif", value="Vol")),
    Question("sports", QuestionKind.SEVERAL, "Sports", choices=("Voile", "Lutte")),
    Question("accord", QuestionKind.YES_NO, "Accord"),
    Question(
        "trajets",
        QuestionKind.BLOCK,
        "Trajets",
        questions=(Question("ville", QuestionKind.SHORT_TEXT, "Ville"),),
        max_items=3,
    ),
)
PIECES = (
    Piece("plainte", "Plainte", Requirement.USEFUL, condition=Condition("motif", value="Vol")),
    Piece("photo", "Photo", Requirement.LAW, legal_basis="arrêté de 1900"),
)
WORDS = {"subject": "Carte", "message": "Je la demande."}
WITHOUT_PHOTO = {"without-photo": "on", "reason-photo": "Je n’en ai pas."}


def publish(category, definition=None, number=1):
    """Put a form in force for `category`; return its version."""
    return FormVersion.objects.create(
        category=category,
        number=number,
        definition=write_definition(definition or Definition(QUESTIONS, PIECES)),
        published_at=timezone.now(),
    )


def hidden_of(response):
    """Return what the hidden inputs of the form of a page post."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in inputs}


def write_url(category):
    """Return the address of the form of `category`."""
    return reverse("tickets:write", args=[category.slug])


def posted(browser, category, /, **values):
    """Fill in the form of `category` from its own page; return the answer."""
    page = browser.get(write_url(category))
    return browser.post(write_url(category), hidden_of(page) | WORDS | WITHOUT_PHOTO | values)


def filed(browser, category, /, **values):
    """Fill in the form of `category` and file it; return the request."""
    before = set(Ticket.objects.values_list("pk", flat=True))
    written = posted(browser, category, **values)
    assert written.status_code == 302, written.status_code
    checked = browser.get(written["Location"])
    answer = browser.post(reverse("tickets:check", args=[category.slug]), filing_of(checked))
    assert answer.status_code == 302, answer.status_code
    return Ticket.objects.with_answers().exclude(pk__in=before).get()
