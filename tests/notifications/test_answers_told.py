"""The mails about a request tell what its form asked, and nothing of it that is sensitive."""

import pytest

from categories.models import FormVersion
from categories.questionnaire.definition import Definition, Piece, Question, write_definition
from categories.questionnaire.enums import QuestionKind, Requirement
from notifications.models import OutgoingEmail
from tests import factories
from tickets.services.content import Content
from tickets.services.filing import open_ticket

IBAN = "FR7630006000011234567890189"
DEFINITION = Definition(
    questions=(
        Question("formation", QuestionKind.SHORT_TEXT, "Formation"),
        Question("sante", QuestionKind.SHORT_TEXT, "Santé", is_sensitive=True),
        Question("compte", QuestionKind.IBAN, "Compte"),
        Question(
            "epreuves",
            QuestionKind.BLOCK,
            "Épreuves",
            questions=(
                Question("nom", QuestionKind.SHORT_TEXT, "Nom"),
                Question("motif", QuestionKind.SHORT_TEXT, "Motif", is_sensitive=True),
            ),
        ),
    ),
    pieces=(Piece("diplome", "Diplôme", Requirement.LAW),),
)
ANSWERS = {
    "formation": "Licence de droit",
    "sante": "asthme",
    "compte": IBAN,
    "epreuves": [{"nom": "Latin", "motif": "hospitalisée"}, {"nom": "Grec"}],
}
ABSENCES = {"diplome": {"kind": "missing", "why": "perdu"}}


@pytest.fixture
def told(lea, claire, refunds, django_capture_on_commit_callbacks):
    """Return the text of the receipt of a request filed with DEFINITION."""
    version = FormVersion.objects.create(category=refunds, number=1, definition=write_definition(DEFINITION))
    draft = factories.draft_of(lea, refunds)
    draft.form_version = version
    draft.save()
    content = Content("Mon compte", "Bonjour.", ANSWERS, ABSENCES, is_incomplete=True, terms_version="1")
    open_ticket(draft.key, requester=lea, content=content)
    return OutgoingEmail.objects.get(to=lea.email).body_text.replace("\xa0", " ")


def test_receipt_tells_answers_and_missing_pieces(told):
    for words in ("Formation : Licence de droit", "Nom : Latin ; Nom : Grec", "Pièces manquantes : Diplôme"):
        assert words in told
    assert "Conditions d’utilisation acceptées : version 1" in told


@pytest.mark.parametrize("secret", ["asthme", "hospitalisée", IBAN, IBAN[4:14], "perdu"])
def test_receipt_tells_nothing_sensitive(told, secret):
    assert secret not in told
    assert "FR76 •••• •••• 0189" in told
