"""Fields shared by the forms of accounts."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.addresses import UnusableAddress, normalise

MAX_PASSWORD_LENGTH = 256
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Letters of any script, marks, and what joins the parts of a name. A point may only end an initial: a name
# like « site.example » would become a link in the mail that greets it.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f '’·-]|\.(?=[ \-]|$))*")


def one_line(text):
    """Return `text` on one line, composed (NFC), without what nobody sees."""
    kept = "".join(
        c if unicodedata.category(c) not in _INVISIBLE else " " if c in "\t\r\n" else "" for c in text
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value):
        """Return the cleaned line."""
        return one_line(super().to_python(value))


class NameField(LineField):
    """A surname or a first name. It is written in a mail to an address nobody has proved yet."""

    default_validators = [
        RegexValidator(
            re.compile(rf"^{_NAME.pattern}$"),
            _("Écrivez votre nom avec des lettres, des espaces, des traits d’union ou des apostrophes."),
        ),
    ]


class AddressField(forms.EmailField):
    """An e-mail address, cleaned to the one way we write it."""

    default_error_messages = {
        "required": _("Indiquez votre adresse électronique."),
        "invalid": _("Indiquez une adresse électronique complète, par exemple prenom.nom@exemple.fr."),
    }

    def __init__(self, **options):
        options.setdefault("label", _("Adresse électronique"))
        options.setdefault("max_length", 254)
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        super().__init__(**options)
        for validator in self.validators:
            if getattr(validator, "code", None) == "invalid":
                validator.message = self.error_messages["invalid"]

    def to_python(self, value):
        """Return the address without what a paste brings along."""
        return super().to_python(one_line(value or ""))

    def clean(self, value):
        """Return the normalised address."""
        cleaned = super().clean(value)
        if not cleaned:
            return cleaned
        try:
            return normalise(cleaned)
        except UnusableAddress as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class PasswordField(forms.CharField):
    """A password, kept as typed but for its composition.

    « é » is one character on one keyboard and two on another: NFKC makes them one (NIST SP 800-63B,
    § 5.1.1.2). `autocomplete` is `current-password` or `new-password`.
    """

    def __init__(self, *, autocomplete, has_meter=False, **options):
        attrs = {"autocomplete": autocomplete, "data-password": "new" if has_meter else ""}
        options.setdefault("label", _("Mot de passe"))
        options.setdefault("error_messages", {"required": _("Indiquez votre mot de passe.")})
        super().__init__(
            strip=False, max_length=MAX_PASSWORD_LENGTH, widget=forms.PasswordInput(attrs=attrs), **options
        )

    def to_python(self, value):
        """Return the composed password."""
        return unicodedata.normalize("NFKC", super().to_python(value))
