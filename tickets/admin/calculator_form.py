"""The facts of a case, asked of a person: days of Paris, in her words."""

from typing import Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import Recourse, SilenceRule, StartEvent
from tickets.admin.filters import day_field
from tickets.clock import facts
from tickets.clock.facts import Case, ImpossibleCaseError, Notice

NOTICES: Final = range(1, 4)
_PLACES: Final = (
    (facts.METROPOLITAN, gettext_lazy("en France métropolitaine")),
    (facts.OVERSEAS, gettext_lazy("outre-mer")),
    (facts.ABROAD, gettext_lazy("à l’étranger")),
)
# The field that holds each fact of the clock; of a notice, with its number.
_FIELDS: Final = {
    "rule": "regime",
    "months": "mois",
    "received_on": "recue",
    "first_received_on": "premiere",
    "are_sent_on": "accuse",
    "completed_on": "complet",
    "sent_on": "demandees",
    "deadline_on": "limite",
    "produced_on": "envoyees",
}
_REFUSALS: Final = {
    "before received_on": gettext_lazy("Ce jour précède la réception de la demande."),
    "before sent_on": gettext_lazy("Ce jour précède celui où les pièces ont été demandées."),
    "after received_on": gettext_lazy("Ce jour suit la réception par l’université."),
    "missing": gettext_lazy("Indiquez le délai en mois : ce régime du silence en a un."),
}
_WHOLE: Final = gettext_lazy("Indiquez un nombre entier de mois, de 1 à 120.")


class CalculatorForm(forms.Form):
    """What the legal clock is told of a request. `case` is what was said, once the form is valid."""

    case: Case

    regime = forms.ChoiceField(label=gettext_lazy("Régime du silence"), choices=SilenceRule.choices)
    mois = forms.IntegerField(
        label=gettext_lazy("Délai, en mois"),
        required=False,
        validators=[MinValueValidator(1, _WHOLE), MaxValueValidator(facts.LONGEST_MONTHS, _WHOLE)],
        error_messages={"invalid": _WHOLE},
        widget=forms.NumberInput(attrs={"min": 1, "max": facts.LONGEST_MONTHS}),
    )
    depart = forms.ChoiceField(
        label=gettext_lazy("Ce qui ouvre le délai"), choices=StartEvent.choices, required=False
    )
    recue = day_field(gettext_lazy("Reçue par l’université le"))
    premiere = day_field(gettext_lazy("Reçue d’abord par une autre administration le (facultatif)"))
    accuse = day_field(gettext_lazy("Accusé de réception envoyé le (facultatif)"))
    complet = day_field(gettext_lazy("Dossier complet le (facultatif)"))
    lieu = forms.ChoiceField(label=gettext_lazy("L’usager demeure"), choices=_PLACES, required=False)
    recours = forms.ChoiceField(
        label=gettext_lazy("Un refus se conteste devant"), choices=Recourse.choices, required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in NOTICES:
            for name, label in _notice_labels(number).items():
                self.fields[name] = day_field(label)
        self.fields["recue"].required = True
        self.fields["recue"].error_messages["required"] = _("Indiquez une date.")
        self.fields["recue"].help_text = _("Le jour à Paris : jusqu’à minuit, c’est encore le même.")
        self.fields["accuse"].help_text = _("Utile si le délai part de cet envoi.")
        self.fields["complet"].help_text = _("Utile si le délai part du dossier complet.")
        self.helper = _helper()

    def clean(self):
        """Read the facts as the clock does; what it refuses is said beside the field."""
        given = super().clean()
        notices = self._notices(given)
        if self.errors:
            return given
        try:
            self.case = _case_of(given, tuple(notices.values()))
        except ImpossibleCaseError as error:
            self._refuse(error, list(notices))
        return given

    def _notices(self, given):
        """Return the notices by their number; those that cannot be are refused."""
        notices = {}
        for number in NOTICES:
            names = ("demandees", "limite", "envoyees")
            sent_on, deadline_on, produced_on = (given.get(f"{name}_{number}") for name in names)
            if sent_on is None:
                if (deadline_on or produced_on) and f"demandees_{number}" not in self.errors:
                    words = _("Indiquez le jour où ces pièces ont été demandées.")
                    self.add_error(f"demandees_{number}", words)
                continue
            try:
                notices[number] = Notice(sent_on, deadline_on or facts.default_deadline(sent_on), produced_on)
            except ImpossibleCaseError as error:
                self.add_error(f"{_FIELDS[error.key]}_{number}", _words_of(error))
        return notices

    def _refuse(self, error, numbers):
        """Say what the clock refuses; a notice is named by its place among `numbers`."""
        place, _dot, key = error.key.rpartition(".")
        field = _FIELDS[key]
        if place:
            field += f"_{numbers[int(place.removeprefix('notices[').removesuffix(']'))]}"
        self.add_error(field, _words_of(error))


def _case_of(given, notices):
    return Case(
        given["regime"],
        given["mois"],
        given["recue"],
        given["depart"] or facts.RECEPTION,
        first_received_on=given["premiere"],
        are_sent_on=given["accuse"],
        completed_on=given["complet"],
        notices=notices,
        place=given["lieu"] or facts.METROPOLITAN,
        recourse=given["recours"] or facts.COURT,
    )


def _words_of(error):
    return _REFUSALS[f"{error.reason} {error.other}".strip()]


def _notice_labels(number):
    which = {"number": number}
    return {
        f"demandees_{number}": _("Pièces n° %(number)d, demandées le") % which,
        f"limite_{number}": _("Pièces n° %(number)d, à envoyer au plus tard le") % which,
        f"envoyees_{number}": _("Pièces n° %(number)d, toutes reçues le") % which,
    }


def _helper():
    """Lay the facts out by what they are about."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        _part(_("Le régime"), _row("regime", "mois"), "depart"),
        _part(_("Les dates"), _row("recue", "premiere"), _row("accuse", "complet")),
        _part(_("Le recours"), _row("lieu", "recours")),
        *(
            _part(
                _("Demande de pièces n° %(number)d (facultatif)") % {"number": number},
                _row(*_notice_labels(number)),
            )
            for number in NOTICES
        ),
    )
    return helper


def _part(legend, *rows):
    return Fieldset(legend, *rows, css_class="calculator__part")


def _row(*names):
    return Div(*names, css_class="form-row")
