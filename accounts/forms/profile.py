"""« Préférences »: who she is, in whose name she writes, how pages look."""

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LineField, NameField, PhoneField, RnaField, SiretField
from accounts.forms.layout import AccountHelper
from accounts.models import BodyKind, Language, User
from accounts.services.profile import identity_fields


class IdentityForm(forms.Form):
    """How she is called and reached; members of the university keep the university's names."""

    last_name = NameField(
        label=_("Nom"),
        max_length=80,
        help_text=_("Le nom de votre état civil."),
        error_messages={"required": _("Indiquez votre nom.")},
    )
    first_name = NameField(
        label=_("Prénom"), max_length=80, error_messages={"required": _("Indiquez votre prénom.")}
    )
    usage_name = NameField(
        label=_("Nom d’usage"),
        max_length=80,
        required=False,
        help_text=_("Celui sous lequel on doit vous appeler, s’il n’est pas celui de l’état civil."),
    )
    phone = PhoneField(required=False)

    def __init__(self, data=None, *, person: User):
        kept = identity_fields(person)
        super().__init__(data, initial={name: getattr(person, name) for name in kept})
        for name in self.fields.keys() - set(kept):
            del self.fields[name]
        for name, hint in (("last_name", "family-name"), ("first_name", "given-name")):
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = hint
        self.helper = AccountHelper(*self.fields)


class BodyForm(forms.Form):
    """In whose name she writes. What does not belong to the answer is dropped by the service."""

    body_kind = forms.ChoiceField(label=_("J’écris"), choices=BodyKind.choices, widget=forms.RadioSelect)
    body_name = LineField(
        label=_("Nom de l’entreprise ou de l’association"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    siret = SiretField(
        required=False,
        help_text=_(
            "14 chiffres, sur l’avis de situation de l’Insee et sur les factures. "
            "Laissez vide hors de France, ou si l’association n’en a pas."
        ),
    )
    rna = RnaField(required=False)

    helper = AccountHelper(
        "body_kind",
        Div("body_name", "siret", Div("rna", css_class="asked-of-association"), css_class="asked-of-body"),
    )

    def __init__(self, data=None, *, person: User):
        super().__init__(data, initial={name: getattr(person, name) for name in self.base_fields})

    def clean(self):
        """Ask for the name of a body; forgive what is left in the fields of another answer."""
        cleaned = super().clean()
        kind = cleaned.get("body_kind")
        if kind == BodyKind.PERSON:
            unasked = {"body_name", "siret", "rna"}
        elif kind == BodyKind.COMPANY:
            unasked = {"rna"}
        else:
            unasked = set()
        for name in unasked & self.errors.keys():
            del self.errors[name]
        if kind and "body_name" not in unasked and not cleaned.get("body_name"):
            self.add_error("body_name", _("Indiquez le nom de l’entreprise ou de l’association."))
        return cleaned


class DisplayForm(forms.Form):
    """How pages and mails come; what is not answered stays as it was."""

    ORDERS = ((False, _("du plus ancien au plus récent")), (True, _("du plus récent au plus ancien")))

    language = forms.ChoiceField(
        label=_("Langue des pages et des courriels"),
        choices=Language.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    newest_first = forms.TypedChoiceField(
        label=_("Ordre des échanges dans une demande"),
        choices=ORDERS,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    shows_intro = forms.BooleanField(
        label=_("Montrer l’écran d’information avant chaque nouvelle demande"), required=False
    )

    helper = AccountHelper("language", "newest_first", "shows_intro")

    def __init__(self, data=None, *, person: User):
        initial = {
            "language": person.language,
            "newest_first": person.newest_first,
            "shows_intro": not person.hides_filing_intro,
        }
        super().__init__(data, initial=initial)
        self.person = person

    def clean_language(self):
        """Return the language chosen, or hers."""
        return self.cleaned_data["language"] or self.person.language

    def clean_newest_first(self):
        """Return the order chosen, or hers."""
        chosen = self.cleaned_data["newest_first"]
        return self.person.newest_first if chosen is None else chosen
