"""The postal address."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LineField
from accounts.forms.layout import AccountHelper
from accounts.models import User

_FRENCH_CODE = re.compile(r"\d{5}")
_HINTS = {
    "address_line1": "address-line1",
    "address_line2": "address-line2",
    "postal_code": "postal-code",
    "city": "address-level2",
    "country": "country-name",
}


class PostalFields(forms.Form):
    """Where a paper answer to somebody would be sent; other forms may take these fields as theirs."""

    address_line1 = LineField(
        label=_("Numéro et rue"),
        max_length=200,
        help_text=_("Exemple : 12 rue des Lilas."),
        error_messages={"required": _("Indiquez le numéro et la rue.")},
    )
    address_line2 = LineField(
        label=_("Complément d’adresse"),
        max_length=200,
        required=False,
        help_text=_("Bâtiment, appartement, chez… Facultatif."),
    )
    postal_code = LineField(
        label=_("Code postal"), max_length=20, error_messages={"required": _("Indiquez le code postal.")}
    )
    city = LineField(label=_("Ville"), max_length=120, error_messages={"required": _("Indiquez la ville.")})
    country = LineField(label=_("Pays"), max_length=120, error_messages={"required": _("Indiquez le pays.")})

    def clean(self):
        """Check the one postal code whose shape we know."""
        cleaned = super().clean()
        code = cleaned.get("postal_code", "").replace(" ", "")
        if code and cleaned.get("country", "").casefold() == "france" and not _FRENCH_CODE.fullmatch(code):
            self.add_error("postal_code", _("Un code postal français a cinq chiffres, par exemple 13007."))
        return cleaned


class PostalAddressForm(PostalFields):
    """Her own postal address."""

    helper = AccountHelper("address_line1", "address_line2", ("postal_code", "city"), "country")

    def __init__(self, data=None, *, person: User):
        super().__init__(data, initial={name: getattr(person, name) for name in _HINTS})
        for name, hint in _HINTS.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
