"""Changing one's e-mail address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import AddressField, PasswordField
from accounts.forms.layout import AccountHelper
from accounts.forms.login import OutsiderForm
from accounts.models import User


class ChangeAddressForm(OutsiderForm):
    """The new address, and the present password: an open session is no proof of who sits there."""

    university_message = _(
        "Cette adresse est celle de l’université : elle ouvre un compte AMU, pas celui-ci. "
        "Indiquez une adresse hors de l’université."
    )

    email = AddressField(
        label=_("Nouvelle adresse électronique"),
        help_text=_("Une adresse que vous relevez. Exemple : prenom.nom@exemple.fr."),
    )
    password = PasswordField(
        autocomplete="current-password",
        label=_("Mot de passe actuel"),
        error_messages={"required": _("Indiquez votre mot de passe actuel.")},
    )

    helper = AccountHelper("email", "password")

    def __init__(self, *args, person: User, **options):
        super().__init__(*args, **options)
        self.person = person

    def clean_email(self):
        """Refuse what would change nothing."""
        email = super().clean_email()
        if email == self.person.login:
            raise forms.ValidationError(_("C’est déjà l’adresse de votre compte."), code="same")
        return email
