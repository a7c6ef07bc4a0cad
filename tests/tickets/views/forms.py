"""Forms of themes for the tests of filing, and what a browser posts of them."""

import re
from html import unescape

from django.utils import timezone

from categories.models import FormVersion
from categories.questionnaire.definition import Condition, Definition, Piece, Question, write_definition
from categories.questionnaire.enums import Operator, QuestionKind, Requirement

PAID = Condition("paid", Operator.IS, "oui")
COMPLETE = Definition(
    questions=(
        Question("paid", QuestionKind.YES_NO, "Avez-vous payé ?", is_required=True),
        Question("iban", QuestionKind.IBAN, "IBAN", is_required=True, condition=PAID),
        Question(
            "stays",
            QuestionKind.BLOCK,
            "Séjour",
            max_items=3,
            questions=(Question("town", QuestionKind.SHORT_TEXT, "Ville"),),
        ),
    ),
    pieces=(
        Piece("identity", "Pièce d’identité", Requirement.LAW, "arrêté du 1er avril 2026"),
        Piece("receipt", "Reçu", condition=PAID),
    ),
)
NEXT = Definition(questions=(COMPLETE.questions[0], Question("why", QuestionKind.SHORT_TEXT, "Pourquoi ?")))


def publish(category, definition, number=1):
    """Put `definition` in force for `category`."""
    return FormVersion.objects.create(
        category=category,
        number=number,
        definition=write_definition(definition),
        published_at=timezone.now(),
    )


def hidden_of(response):
    """Return the hidden fields a form carries: key, revision, tab, and what it shows."""
    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="(key|revision|tab|form)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}
