"""« Créez votre compte » and « Oublié votre mot de passe ? »."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import AddressField, NameField
from accounts.forms.layout import AccountHelper
from accounts.forms.login import OutsiderForm


class RegistrationForm(OutsiderForm):
    """Who she is: what an electronic request must say of its author (CRPA, art. R112-9-1)."""

    email = AddressField(
        help_text=_("Une adresse que vous relevez, hors de l’université. Exemple : prenom.nom@exemple.fr.")
    )
    last_name = NameField(
        label=_("Nom"), max_length=80, error_messages={"required": _("Indiquez votre nom.")}
    )
    first_name = NameField(
        label=_("Prénom"), max_length=80, error_messages={"required": _("Indiquez votre prénom.")}
    )

    helper = AccountHelper("email", "last_name", "first_name")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"


class ForgottenForm(OutsiderForm):
    """The address of the account."""

    email = AddressField(help_text=_("Celle que vous avez donnée en créant votre compte."))

    helper = AccountHelper("email")
