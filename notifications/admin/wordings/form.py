"""What is typed in the zones of a mail, in each language."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.wordings.originals import original
from notifications.wordings.writing import FIRST, SECOND, check_texts, field_of
from notifications.wordings.zones import INTRODUCTION, LINES, NEWS, ZONES
from teledemande.fields import VisibleCharField
from tickets.variables import written

LANGUAGES = {FIRST: gettext_lazy("en français"), SECOND: gettext_lazy("en anglais (facultatif)")}


class WordingForm(forms.Form):
    """The words of one message; what says the same as ours counts as not written."""

    def __init__(self, message, *args, **options):
        super().__init__(*args, **options)
        self.message = message
        for zone in message.zones:
            for language in LANGUAGES:
                self.fields[field_of(zone, language)] = _field(zone, language)

    def texts(self, values):
        """Return `values` by zone then language, what is ours left out."""
        texts = {}
        for zone in self.message.zones:
            typed = {language: values.get(field_of(zone, language), "") for language in LANGUAGES}
            said = {
                language: text
                for language, text in typed.items()
                if text.strip() and text.strip() != original(self.message.name, zone, language)
            }
            if said:
                texts[zone] = said
        return texts

    def clean(self):
        """Refuse what a mail could not say, at its field."""
        cleaned = super().clean()
        try:
            check_texts(self.message.name, self.texts(cleaned))
        except ValidationError as refusal:
            for name, faults in refusal.message_dict.items():
                self.add_error(name, faults)
        return cleaned

    def typed(self):
        """Return the words as they stand in the fields, by field, without what nobody sees."""
        return {name: self.fields[name].to_python(self[name].value()) for name in self.fields}


def initial_of(message, texts):
    """Return what the fields hold at first: `texts`, else our own words."""
    return {
        field_of(zone, language): texts.get(zone, {}).get(language) or original(message.name, zone, language)
        for zone in message.zones
        for language in LANGUAGES
    }


def variable_choices(message):
    """Return the variables the words may name, as they are written, with what they stand for."""
    return [(name, written(name), label) for name, label in message.variables.items()]


def _field(zone, language):
    label = _("%(zone)s, %(language)s") % {"zone": ZONES[zone], "language": LANGUAGES[language]}
    is_line = zone in LINES
    rows = 4 if zone in (INTRODUCTION, NEWS) else 3
    attrs = {"class": "form-control", "lang": language, "spellcheck": "true"}
    widget = forms.TextInput(attrs) if is_line else forms.Textarea(attrs | {"rows": rows})
    return VisibleCharField(label=label, required=False, widget=widget)
