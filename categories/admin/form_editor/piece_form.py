"""What is asked of the author of a piece, and of an introduction."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.admin.form_editor.conditions import ConditionField
from categories.admin.form_editor.question_form import help_field, label_field, sensitive_field
from categories.questionnaire.checking import MAX_INTRO, MAX_LABEL
from categories.questionnaire.definition import Piece
from categories.questionnaire.enums import QuestionKind, Requirement
from categories.questionnaire.known import FILE_TYPES
from teledemande.fields import LineField, MessageField


class PieceForm(forms.Form):
    """One piece. `piece` after `is_valid()`; its name is for the service to give."""

    label = label_field(gettext_lazy("Pièce"), gettext_lazy("Exemple : relevé de notes du baccalauréat."))
    requirement = forms.ChoiceField(
        label=gettext_lazy("Cette pièce est"),
        choices=Requirement.choices,
        widget=forms.RadioSelect,
        initial=Requirement.USEFUL,
        help_text=gettext_lazy(
            "Une pièce exigée manque : la demande est déposée quand même, incomplète (CRPA, article L114-5)."
        ),
    )
    legal_basis = LineField(
        label=gettext_lazy("Texte qui l’exige"),
        required=False,
        max_length=MAX_LABEL,
        help_text=gettext_lazy("Exemple : code de l’éducation, article D612-4."),
    )
    help = help_field()
    accepted = forms.MultipleChoiceField(
        label=gettext_lazy("Types de fichiers acceptés"),
        required=False,
        choices=[(key, label) for key, (label, _extensions) in FILE_TYPES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Rien de coché : tous ceux que le service reçoit."),
    )
    model = forms.ChoiceField(label=gettext_lazy("Modèle à télécharger"), required=False)
    exemption = LineField(
        label=gettext_lazy("Pièce que l’université a déjà si"),
        required=False,
        max_length=MAX_LABEL,
        help_text=gettext_lazy(
            "Le demandeur peut alors ne pas la fournir (CRPA, article L113-12). "
            "Exemple : études suivies à AMU."
        ),
    )
    is_sensitive = sensitive_field()

    def __init__(self, before, *, offered, models, given=None, data=None):
        super().__init__(data)
        self._given = given or Piece(name="", label="")
        self.fields["model"].choices = [("", _("Aucun")), *models]
        self.fields["condition"] = ConditionField(before, offered, self._given.condition)
        for name in self.fields:
            self.fields[name].initial = getattr(self._given, name)
        self.fields["accepted"].initial = _groups(self._given.accepted)
        self.fields["condition"].initial = ConditionField.key(self._given.condition)

    def clean(self):
        """Make the piece; one a text requires names the text."""
        cleaned = super().clean()
        if cleaned.get("requirement") == Requirement.LAW and not cleaned.get("legal_basis"):
            self.add_error("legal_basis", _("Indiquez le texte qui exige cette pièce."))
        if not self.errors:
            self.piece = self._made(cleaned)
        return cleaned

    def _made(self, cleaned):
        chosen = cleaned["accepted"]
        # What was accepted one by one (a form of the shipped file) stays so until somebody chooses again.
        is_same = chosen == _groups(self._given.accepted)
        accepted = tuple(extension for key in chosen for extension in FILE_TYPES[key][1])
        return replace(
            self._given,
            **cleaned
            | {
                "requirement": Requirement(cleaned["requirement"]),
                "accepted": self._given.accepted if is_same else accepted,
            },
        )


def _groups(accepted):
    return [key for key, (_label, extensions) in FILE_TYPES.items() if set(extensions) & set(accepted)]


class IntroductionForm(forms.Form):
    """What comes before the questions, and which answer is the words of the request."""

    intro = MessageField(
        label=gettext_lazy("Introduction"),
        required=False,
        max_length=MAX_INTRO,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Ce qu’il faut savoir avant de commencer."),
    )
    message = forms.ChoiceField(
        label=gettext_lazy("Texte de la demande"),
        required=False,
        help_text=gettext_lazy(
            "La question de texte long dont la réponse ouvre les échanges. Sans elle, une case "
            "« Précisions » est ajoutée."
        ),
    )

    def __init__(self, definition, data=None):
        super().__init__(data, initial={"intro": definition.intro, "message": definition.message})
        long = [
            one
            for one in definition.questions
            if one.kind == QuestionKind.LONG_TEXT and not one.condition and not one.is_sensitive
        ]
        choices = [("", _("Aucune"))] + [(one.name, one.label) for one in long]
        if definition.message and definition.message not in dict(choices):
            choices.append((definition.message, _("Une question qui ne convient plus")))
        self.fields["message"].choices = choices
