"""What is asked of the author of a question: only what its kind needs."""

import re
from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.admin.form_editor.conditions import ConditionField
from categories.questionnaire import settings_check
from categories.questionnaire.checking import MAX_HELP, MAX_LABEL
from categories.questionnaire.definition import Question
from categories.questionnaire.enums import WITH_CHOICES, QuestionKind
from categories.questionnaire.fields import LONG_MAX, SHORT_MAX
from categories.questionnaire.known import PURPOSES, SOURCES, TYPED
from categories.questionnaire.settings_check import MAX_ITEMS
from teledemande.fields import LineField, MessageField

_LENGTHS = {QuestionKind.SHORT_TEXT: SHORT_MAX, QuestionKind.LONG_TEXT: LONG_MAX}
# Where what is wrong with the settings of a question is shown.
_JUDGED = ("choices", "maximum", "max_length", "max_items")


def label_field(label, help_text):
    """Return the field of an intitulé."""
    return LineField(label=label, help_text=help_text, max_length=MAX_LABEL)


def help_field():
    """Return the field of the help shown below a label."""
    return MessageField(
        label=gettext_lazy("Aide"),
        required=False,
        max_length=MAX_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ce qu’il faut savoir pour répondre : où trouver le numéro, un exemple."),
    )


def sensitive_field():
    """Return the box of what must not be searched for."""
    return forms.BooleanField(
        label=gettext_lazy("Sensible"),
        required=False,
        help_text=gettext_lazy("Santé, handicap, situation sociale… La recherche n’y regarde pas."),
    )


class ChoicesField(forms.CharField):
    """Answers, one a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value):
        """Return the answers as a tuple of texts."""
        lines = super().clean(value).splitlines()
        return tuple(words for line in lines if (words := LineField(required=False).clean(line)))


class BoundField(LineField):
    """A number a question may not pass, kept as text; a comma is a point."""

    def clean(self, value):
        """Return the number as it is kept."""
        return re.sub(r"\s", "", super().clean(value)).replace(",", ".")


class QuestionForm(forms.Form):
    """One question of the kind `kind`. `question` after `is_valid()`; its name is for the service to give."""

    def __init__(self, kind, place, *, offered, lists, given=None, data=None):
        super().__init__(data)
        self.kind = QuestionKind(kind)
        self._given = given or Question(name="", kind=self.kind, label="")
        self._offered = offered
        self._add_words()
        self._add_settings(lists, is_repeated=place.block is not None)
        self.fields["condition"] = ConditionField(place.before, offered, self._given.condition)
        self._fill_in()

    @property
    def main(self):
        """Return the fields every author looks at."""
        return [self[name] for name in self.fields if name not in self._RARE]

    @property
    def rare(self):
        """Return the fields few authors need, folded away."""
        return [self[name] for name in self.fields if name in self._RARE]

    @property
    def has_rare_errors(self):
        """Whether the fold must be open."""
        return any(field.errors for field in self.rare)

    _RARE = ("max_length", "prefill", "autocomplete", "is_sensitive")

    def _add_words(self):
        is_heading = self.kind == QuestionKind.HEADING
        label = gettext_lazy("Intertitre") if is_heading else gettext_lazy("Question")
        self.fields["label"] = label_field(
            label, gettext_lazy("En quelques mots, comme le demandeur les lira.")
        )
        self.fields["help"] = help_field()
        if not is_heading:
            self.fields["is_required"] = forms.BooleanField(
                label=gettext_lazy("Réponse obligatoire"), required=False
            )

    def _add_settings(self, lists, *, is_repeated):
        if self.kind in WITH_CHOICES:
            self._add_choices(lists)
        if self.kind == QuestionKind.NUMBER:
            self.fields["minimum"] = BoundField(label=gettext_lazy("Au moins"), required=False)
            self.fields["maximum"] = BoundField(label=gettext_lazy("Au plus"), required=False)
        if self.kind == QuestionKind.BLOCK:
            self.fields["max_items"] = forms.IntegerField(
                label=gettext_lazy("Nombre de fois, au plus"), min_value=1, max_value=MAX_ITEMS
            )
        if self.kind in _LENGTHS:
            self.fields["max_length"] = forms.IntegerField(
                label=gettext_lazy("Nombre de caractères, au plus"),
                required=False,
                min_value=1,
                max_value=_LENGTHS[self.kind],
            )
        if self.kind in TYPED:
            self._add_sources(is_repeated=is_repeated)
        if self.kind != QuestionKind.HEADING:
            self.fields["is_sensitive"] = sensitive_field()

    def _add_choices(self, lists):
        self.fields["choices"] = ChoicesField(
            label=gettext_lazy("Réponses proposées"), required=False, help_text=gettext_lazy("Une par ligne.")
        )
        self.fields["choices_from"] = forms.ChoiceField(
            label=gettext_lazy("Ou bien une liste partagée"),
            required=False,
            choices=[("", _("Aucune : les réponses ci-dessus")), *lists],
        )

    def _add_sources(self, *, is_repeated):
        if not is_repeated:  # nothing known of her fills each item of a block
            self.fields["prefill"] = forms.ChoiceField(
                label=gettext_lazy("Remplie à l’avance avec"),
                required=False,
                choices=[("", _("Rien")), *SOURCES.items()],
                help_text=gettext_lazy("Le demandeur peut toujours corriger."),
            )
        self.fields["autocomplete"] = forms.ChoiceField(
            label=gettext_lazy("Ce que le navigateur peut proposer"),
            required=False,
            choices=[("", _("Rien de particulier")), *PURPOSES.items()],
            help_text=gettext_lazy("Seulement si la question porte sur la personne qui remplit."),
        )

    def _fill_in(self):
        for name, field in self.fields.items():
            value = getattr(self._given, name)
            field.initial = "\n".join(value) if name == "choices" else value
        self.fields["condition"].initial = ConditionField.key(self._given.condition)

    def clean(self):
        """Make the question and judge its settings."""
        cleaned = super().clean()
        if cleaned.get("choices_from"):
            cleaned["choices"] = ()
        self.question = replace(
            self._given, **{name: cleaned[name] for name in self.fields if name in cleaned}
        )
        where = next((name for name in _JUDGED if name in self.fields), None)
        if not self.errors:
            for sentence in settings_check.of_question(self.question, self._offered):
                self.add_error(where, sentence)
        return cleaned
