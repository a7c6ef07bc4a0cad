"""The Django field of each kind of question, and what is kept of its answer.

Answers are kept as JSON: text, list of texts; days and instants in ISO 8601, numbers in plain decimals.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import ValidationError as WrongIban

from accounts.forms.fields import AddressField, PhoneField, RnaField, SiretField
from categories.questionnaire.enums import NO, YES, QuestionKind
from teledemande.fields import LineField, MessageField
from teledemande.text import visible_text

SHORT_MAX = 250
LONG_MAX = 10_000
NUMBER_LIMIT = Decimal(10) ** 12
FIRST_YEAR, LAST_YEAR = 1900, 2200
# 10 digits and a letter until 2018, 9 digits and two letters since; the universities' own before 1995 mixes
# both. The key of these numbers is published nowhere: better a wrong number kept than a right one refused.
_INE = re.compile(r"(?=(?:.*\d){8})[0-9A-Z]{11}")


class InePattern(LineField):
    """The national number of a student: 11 signs, kept without spaces, in capitals."""

    default_error_messages = {
        "invalid": _(
            "Un numéro INE a 11 signes, chiffres et lettres sans accent : recopiez-le de votre relevé de "
            "notes du baccalauréat ou de votre certificat de scolarité."
        )
    }

    def clean(self, value):
        """Return the 11 signs."""
        typed = re.sub(r"[\s.\-]", "", super().clean(value)).upper()
        if typed and not _INE.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return typed


class IbanField(LineField):
    """A bank account (ISO 13616): country, length and key checked; kept without spaces."""

    default_error_messages = {
        "invalid": _(
            "Cet IBAN est mal recopié : comparez-le, groupe par groupe, à votre relevé d’identité bancaire. "
            "Il commence par deux lettres, « FR » pour la France."
        )
    }

    def clean(self, value):
        """Return the compact IBAN."""
        typed = super().clean(value)
        try:
            # The tables of the banks of a country lag behind the banks: only the standard is checked.
            return iban.validate(typed, check_country=False) if typed else typed
        except WrongIban as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class DayField(forms.DateField):
    """A day, by the browser's own calendar; also typed « 23/11/2026 »."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        options["input_formats"] = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"]
        super().__init__(**options)

    default_error_messages = {"invalid": _("Écrivez une date qui existe : jour, mois, année.")}

    def clean(self, value):
        """Return the day, of a year people live in."""
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class InstantField(forms.DateTimeField):
    """A day and an hour of Paris."""

    default_error_messages = {"invalid": _("Écrivez une date et une heure qui existent.")}

    def __init__(self, **options):
        attrs = {"type": "datetime-local"}
        options.setdefault("widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs))
        options["input_formats"] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]
        super().__init__(**options)

    def to_python(self, value):
        """Return the instant; of an hour that comes twice (the clocks go back), the first."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            moment = timezone.make_aware(error.params["datetime"])
            if timezone.make_naive(moment.astimezone(UTC)) == error.params["datetime"]:
                return moment
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def clean(self, value):
        """Return the instant, of a year people live in."""
        moment = super().clean(value)
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class AmountField(forms.DecimalField):
    """A number, with a comma or a point."""

    default_error_messages = {"invalid": _("Écrivez un nombre, en chiffres.")}

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)

    def to_python(self, value):
        """Return the number of « 1 234,50 »."""
        if isinstance(value, str):
            value = re.sub(r"[\s€]", "", value).replace(",", ".")
        return super().to_python(value)


class WebField(forms.URLField):
    """A web address, cleaned of what nobody sees."""

    default_error_messages = {
        "invalid": _("Écrivez une adresse web complète, par exemple https://www.exemple.fr/page.")
    }

    def __init__(self, **options):
        super().__init__(assume_scheme="https", max_length=2000, **options)
        for validator in self.validators:
            if getattr(validator, "code", None) == "invalid":
                validator.message = self.error_messages["invalid"]

    def to_python(self, value):
        """Return the address, with its scheme."""
        return super().to_python(visible_text(value or ""))


def field_of(question, choices=()):
    """Return the Django field that asks `question`; `choices` are the answers offered, as texts."""
    options = {
        "label": question.label,
        "help_text": escape(question.help),  # crispy writes helps as they are
        "required": question.is_required,
    }
    field = _MAKERS[question.kind](question, options, choices)
    if question.autocomplete:
        field.widget.attrs["autocomplete"] = question.autocomplete
    elif question.kind in (QuestionKind.EMAIL, QuestionKind.PHONE):
        # Those of her account are hers; a question may ask for those of somebody else (RGAA 11.13).
        field.widget.attrs.pop("autocomplete", None)
    return field


def _short(question, options, _choices):
    return LineField(max_length=question.max_length or SHORT_MAX, **options)


def _long(question, options, _choices):
    return MessageField(max_length=question.max_length or LONG_MAX, **options)


def _number(question, options, _choices):
    low, high = _bound(question.minimum), _bound(question.maximum)
    return AmountField(
        min_value=-NUMBER_LIMIT if low is None else low,
        max_value=NUMBER_LIMIT if high is None else high,
        max_digits=18,
        decimal_places=4,
        **options,
    )


def _bound(text):
    return Decimal(text) if text else None


def _choice(question, options, choices):
    empty = _("Choisir") if question.is_required else _("Sans réponse")
    return forms.ChoiceField(choices=[("", empty), *((one, one) for one in choices)], **options)


def _several(question, options, choices):
    return forms.MultipleChoiceField(
        choices=[(one, one) for one in choices], widget=forms.CheckboxSelectMultiple, **options
    )


def _yes_no(question, options, _choices):
    offered = [(YES, _("Oui")), (NO, _("Non"))]
    if not question.is_required:
        offered.append(("", _("Sans réponse")))
    return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **options)


def _simple(field_class, **fixed):
    return lambda question, options, choices: field_class(**options, **fixed)


_MAKERS = {
    QuestionKind.SHORT_TEXT: _short,
    QuestionKind.LONG_TEXT: _long,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _simple(DayField),
    QuestionKind.DATETIME: _simple(InstantField),
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _several,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.URL: _simple(WebField),
    QuestionKind.EMAIL: _simple(
        AddressField, error_messages={"required": _("Indiquez cette adresse électronique.")}
    ),
    QuestionKind.PHONE: _simple(
        PhoneField, error_messages={"required": _("Indiquez ce numéro de téléphone.")}
    ),
    QuestionKind.INE: _simple(InePattern, max_length=40),
    QuestionKind.SIRET: _simple(SiretField),
    QuestionKind.RNA: _simple(RnaField),
    QuestionKind.IBAN: _simple(IbanField, max_length=60),
}


def kept_answer(value):
    """Return the JSON form of a cleaned value; None when there is no answer."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"  # nor « -0 »
    if isinstance(value, list):
        return list(dict.fromkeys(value)) or None
    return value or None
