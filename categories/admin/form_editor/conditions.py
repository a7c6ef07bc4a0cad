"""The one field that says when something is asked: every condition that can hold, grouped by question."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.questionnaire.definition import Condition
from categories.questionnaire.enums import CONTROLLING, NO, YES, Operator
from categories.questionnaire.reach import answers_offered

_LABEL_MAX = 80


class ConditionField(forms.ChoiceField):
    """« Always », or one answer of one earlier question: what can never hold cannot be chosen."""

    def __init__(self, before, offered, current=None):
        self._known = {}
        super().__init__(
            label=gettext_lazy("Posée"),
            required=False,
            help_text=gettext_lazy(
                "Seules les questions posées plus haut, dont on choisit la réponse, sont proposées."
            ),
        )
        groups = [
            (Truncator(one.label).chars(_LABEL_MAX), self._options(one, offered))
            for one in before
            if one.kind in CONTROLLING
        ]
        self.choices = [("", _("Toujours")), *((label, options) for label, options in groups if options)]
        if current and self.key(current) not in self._known:
            # What no longer holds is not dropped in silence: she sees it, and chooses another.
            lost = _("Condition qui ne peut plus être remplie : « %(value)s »") % {"value": current.value}
            self.choices = [*self.choices, (self._kept(current), lost)]

    def clean(self, value):
        """Return the Condition chosen, or None."""
        chosen = super().clean(value)
        if chosen and chosen not in self._known:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": chosen})
        return self._known.get(chosen)

    @staticmethod
    def key(condition):
        """Return the value of the option that stands for `condition`; an empty text for None."""
        if condition is None:
            return ""
        value = "" if condition.operator == Operator.ANSWERED else condition.value
        return json.dumps([condition.question, condition.operator.value, value], ensure_ascii=False)

    def _kept(self, condition):
        key = self.key(condition)
        self._known[key] = condition
        return key

    def _options(self, question, offered):
        answers = answers_offered(question, offered)
        options = [self._option(question, Operator.IS, answer) for answer in answers]
        if len(answers) > 1:
            options += [self._option(question, Operator.IS_NOT, answer) for answer in answers]
        return [*options, self._option(question, Operator.ANSWERED, "")] if answers else []

    def _option(self, question, operator, answer):
        words = {YES: _("oui"), NO: _("non")}.get(answer, answer)
        sentences = {
            Operator.IS: _("si la réponse est « %(answer)s »"),
            Operator.IS_NOT: _("si la réponse n’est pas « %(answer)s »"),
            Operator.ANSWERED: _("si cette question a une réponse"),
        }
        sentence = sentences[operator]
        return self._kept(Condition(question.name, operator, answer)), sentence % {"answer": words}
