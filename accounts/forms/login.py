"""« Avec votre adresse électronique »."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import is_university
from accounts.forms.fields import AddressField, PasswordField
from accounts.forms.layout import AccountHelper


class OutsiderForm(forms.Form):
    """A form for people outside the university; `is_university` says when CAS is the door to show."""

    is_university = False
    university_message = _(
        "Cette adresse est celle de l’université : connectez-vous avec votre compte AMU, "
        "elle n’a pas d’autre mot de passe ici."
    )

    def clean_email(self):
        """Send the addresses of the university to CAS: they have no account of another kind."""
        email = self.cleaned_data["email"]
        if is_university(email):
            self.is_university = True
            raise forms.ValidationError(self.university_message, code="university")
        return email

    def clean(self):
        """Ask nothing more of somebody who is at the wrong door."""
        if self.is_university:
            for name in self.errors.keys() - {"email"}:
                del self.errors[name]
        return super().clean()


class LoginForm(OutsiderForm):
    """Address and password."""

    email = AddressField()
    password = PasswordField(autocomplete="current-password")

    helper = AccountHelper("email", "password")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs["autocomplete"] = "username"
