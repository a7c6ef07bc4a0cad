"""Fields shared by the forms of accounts."""

import re
import unicodedata
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.addresses import UnusableAddress, normalise
from accounts.numbers import (
    SIREN_DIGITS,
    WrongLength,
    WrongNumber,
    phone_words,
    read_phone,
    read_rna,
    read_siret,
    siret_words,
)

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


class _NumberField(LineField):
    """A number, typed with or without spaces, cleaned to the one way we keep it, shown as people write it."""

    read: Callable[[str], str] = staticmethod(str)
    show: Callable[[str], str] = staticmethod(str)
    attrs: dict[str, str] = {}

    def __init__(self, **options):
        options.setdefault("max_length", 40)
        super().__init__(**options)
        for name, value in self.attrs.items():
            self.widget.attrs.setdefault(name, value)

    def clean(self, value):
        """Return the number as it is kept."""
        typed = super().clean(value)
        try:
            return self.read(typed) if typed else typed
        except WrongNumber as refusal:
            raise ValidationError(self.refusal_words(refusal), code="invalid") from refusal

    def prepare_value(self, value):
        """Show the number kept as people write it; what was just typed stays as typed."""
        return self.show(value) if isinstance(value, str) and self._is_kept(value) else value

    def refusal_words(self, refusal):
        """Say what is wrong and how to put it right."""
        return self.error_messages["invalid"]

    def _is_kept(self, value):
        try:
            return self.read(value) == value
        except WrongNumber:
            return False


class PhoneField(_NumberField):
    """A telephone number, kept in E.164; without « + » it is French."""

    default_error_messages = {
        "required": _("Indiquez votre numéro de téléphone."),
        "invalid": _(
            "Indiquez un numéro de téléphone complet, sans lettre : 10 chiffres pour la France, "
            "ou « + » et l’indicatif du pays."
        ),
    }
    attrs = {"autocomplete": "tel"}
    read = staticmethod(read_phone)
    show = staticmethod(phone_words)

    def __init__(self, **options):
        options.setdefault("label", _("Téléphone"))
        options.setdefault("help_text", _("Exemple : 04 65 71 00 00, ou +32 2 555 12 12 hors de France."))
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(**options)


class SiretField(_NumberField):
    """A SIRET, kept as 14 digits."""

    default_error_messages = {
        "required": _("Indiquez le numéro SIRET."),
        "invalid": _(
            "Ce numéro SIRET est mal recopié : comparez-le, chiffre par chiffre, à l’avis de situation de "
            "l’Insee ou à une facture."
        ),
        "siren": _(
            "Ces 9 chiffres sont le numéro SIREN : ajoutez les 5 chiffres de l’établissement pour faire "
            "le SIRET."
        ),
    }
    attrs = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
    read = staticmethod(read_siret)
    show = staticmethod(siret_words)

    def __init__(self, **options):
        options.setdefault("label", _("Numéro SIRET"))
        options.setdefault(
            "help_text", _("14 chiffres, sur l’avis de situation de l’Insee et sur les factures.")
        )
        super().__init__(**options)

    def refusal_words(self, refusal):
        """Say how many digits were written when it is not 14."""
        if not isinstance(refusal, WrongLength):
            return super().refusal_words(refusal)
        if refusal.digits == SIREN_DIGITS:
            return self.error_messages["siren"]
        return ngettext(
            "Un numéro SIRET a 14 chiffres : vous en avez écrit %(count)d.",
            "Un numéro SIRET a 14 chiffres : vous en avez écrit %(count)d.",
            refusal.digits,
        ) % {"count": refusal.digits}


class RnaField(_NumberField):
    """The number of an association in the national register (RNA), kept in capitals without spaces."""

    default_error_messages = {
        "required": _("Indiquez le numéro RNA de l’association."),
        "invalid": _(
            "Un numéro RNA est la lettre W suivie de 9 signes, par exemple W133012345 : il figure sur le "
            "récépissé de la préfecture."
        ),
    }
    attrs = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
    read = staticmethod(read_rna)

    def __init__(self, **options):
        options.setdefault("label", _("Numéro RNA"))
        options.setdefault("help_text", _("W et 9 signes, sur le récépissé de déclaration de la préfecture."))
        super().__init__(**options)
