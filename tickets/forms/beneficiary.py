"""For whom a request is filed: oneself, somebody who gave a mandate, a company or an association.

Sources: code civil, article 1984 (mandate); CRPA, L112-8 and R112-9-1 (who may write by electronic means,
and how she is identified).
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import RnaField, SiretField
from teledemande.fields import LineField


class ForWhom(models.TextChoices):
    """Whose request it is."""

    SELF = "self", _("Pour moi-même")
    PERSON = "person", _("Pour une autre personne, qui m’en a chargé")
    BODY = "body", _("Pour une entreprise, une association ou un organisme")


CHOICE = "for-whom"
# Required for each case; the others are optional.
_NEEDED = {
    ForWhom.PERSON: ("for-name", "for-address", "for-capacity"),
    ForWhom.BODY: ("for-body", "for-capacity"),
}
_KEPT = {
    ForWhom.PERSON: ("for-name", "for-address", "for-capacity"),
    ForWhom.BODY: ("for-body", "for-siret", "for-rna", "for-capacity"),
}


def beneficiary_fields(person):
    """Return the inputs, filled with what `person` (or None) said of the body she writes for."""
    acts_for_body = bool(person and person.body_name)
    return {
        CHOICE: forms.ChoiceField(
            label=_("Pour qui faites-vous cette demande ?"),
            choices=ForWhom.choices,
            initial=ForWhom.BODY if acts_for_body else ForWhom.SELF,
            required=False,
            widget=forms.RadioSelect,
        ),
        "for-name": LineField(label=_("Prénom et nom de cette personne"), max_length=200, required=False),
        "for-address": LineField(label=_("Son adresse postale"), max_length=300, required=False),
        "for-body": LineField(
            label=_("Nom de l’organisme"),
            max_length=200,
            required=False,
            initial=person.body_name if person else "",
        ),
        "for-siret": SiretField(required=False, initial=person.siret if person else ""),
        "for-rna": RnaField(required=False, initial=person.rna if person else ""),
        "for-capacity": LineField(
            label=_("À quel titre ?"),
            max_length=150,
            required=False,
            help_text=_("Exemple : mère, tuteur, avocat, gérant, présidente de l’association."),
        ),
    }


def read_beneficiary(form):
    """Return for whom `form` is filed, as kept; an empty dict for oneself. Adds the errors to the form."""
    chosen = form.cleaned_data.get(CHOICE) or ForWhom.SELF
    for name in beneficiary_fields(None):
        if name != CHOICE and name not in _KEPT.get(chosen, ()):
            form.errors.pop(name, None)
    for name in _NEEDED.get(chosen, ()):
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, ValidationError(_("Remplissez ce champ."), code="required"))
    if chosen == ForWhom.SELF:
        return {}
    kept = {name.removeprefix("for-"): form.cleaned_data.get(name, "") for name in _KEPT[chosen]}
    return {"for": str(chosen)} | {name: value for name, value in kept.items() if value}


def whose_field(name):
    """Return the choices the field `name` goes with."""
    return [str(whom) for whom, names in _KEPT.items() if name in names]
