"""Fields the forms of every app share: visible text, long messages, several files."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from teledemande.text import visible_text


class VisibleCharField(forms.CharField):
    """Text cleaned of what nobody sees, before it is measured."""

    def to_python(self, value):
        """Return the visible text, stripped."""
        return super().to_python(visible_text(value or ""))


class LineField(VisibleCharField):
    """One line."""

    def to_python(self, value):
        """Return the text on one line."""
        return " ".join(super().to_python(value).split())


class MessageField(VisibleCharField):
    """A long text, up to `settings.MESSAGE_MAX_LENGTH` characters; an over-long one comes back whole."""

    def __init__(self, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": 8}))
        options.setdefault("max_length", settings.MESSAGE_MAX_LENGTH)
        options.setdefault(
            "error_messages",
            {
                "required": _("Écrivez votre message."),
                "max_length": _(
                    "Votre texte compte %(show_value)d caractères, la limite est %(limit_value)d : "
                    "raccourcissez-le ou joignez-le en fichier."
                ),
            },
        )
        super().__init__(**options)

    def widget_attrs(self, widget):
        """Leave `maxlength` out: a browser would cut a pasted text without a word."""
        return {}


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"

    def get_context(self, name, value, attrs):
        """Return the context of a plain input: nothing is ever « currently » there."""
        context = super().get_context(name, None, attrs)
        context["widget"]["type"] = "file"
        context["widget"]["value"] = None
        return context


class ManyFilesField(forms.FileField):
    """Several files. They are checked one by one when the draft takes them (tickets.files.checking)."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        """Return the list of uploads; the draft judges each."""
        return list(data or [])
