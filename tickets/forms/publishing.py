"""The fields of a solution: a question and its answer, for everybody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teledemande.fields import LineField, MessageField


def question_field(move, ticket):
    """Return the field of the question."""
    return LineField(
        label=_("Question"),
        help_text=_(
            "Telle que quelqu’un d’autre la poserait. Exemple : Quand reçoit-on son relevé de notes ?"
        ),
        max_length=200,
        error_messages={"required": _("Écrivez la question.")},
    )


def solution_field(move, ticket):
    """Return the field of the answer."""
    return MessageField(
        label=_("Réponse"),
        help_text=_("Pour tout le monde, en Markdown, sans rien de la personne ni de sa demande."),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Écrivez la réponse.")},
    )
