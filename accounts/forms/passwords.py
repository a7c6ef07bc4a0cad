"""Choosing a password."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PasswordField
from accounts.forms.layout import AccountHelper


class PasswordForm(forms.Form):
    """A new password, twice; `person` (saved or not) is who it must not resemble."""

    password = PasswordField(
        autocomplete="new-password",
        has_meter=True,
        label=_("Nouveau mot de passe"),
        help_text=_(
            "12 caractères au moins. Une phrase que vous êtes seul(e) à connaître convient très bien ; "
            "les mots de passe trop courants sont refusés."
        ),
        error_messages={"required": _("Choisissez un mot de passe.")},
    )
    confirmation = PasswordField(
        autocomplete="new-password",
        label=_("Le même, pour confirmer"),
        error_messages={"required": _("Écrivez une seconde fois le mot de passe.")},
    )

    helper = AccountHelper("password", "confirmation")

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self):
        """Refuse what the validators refuse."""
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self):
        """Ask again when the two differ."""
        cleaned = super().clean()
        if {"password", "confirmation"} <= cleaned.keys() and cleaned["password"] != cleaned["confirmation"]:
            self.add_error("confirmation", _("Les deux mots de passe diffèrent : écrivez deux fois le même."))
        return cleaned
