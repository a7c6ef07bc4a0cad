"""Fields shared by the forms of requests."""

import unicodedata

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_KEPT_CONTROLS = "\n\t"
_KEPT_FORMATS = "\u200c\u200d"  # joiners: Persian and Indian scripts, composed emoji
MAX_TYPED = 2_000_000


def visible_text(text):
    """Return `text` without what nobody sees: control characters, direction marks, lone surrogates.

    A direction mark can make a sentence or a file name read as another; line ends become `\\n`.
    """
    return "".join(
        c for c in _lines(text)[:MAX_TYPED] if c in _KEPT_CONTROLS or c in _KEPT_FORMATS or _is_visible(c)
    )


def hides_something(text):
    """Whether `visible_text` would take something out of `text`."""
    return visible_text(text) != _lines(text)


def _lines(text):
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


def _is_visible(character):
    # What Python does not know yet (« Cn ») may be an emoji of this year: it stays.
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}


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
