"""People, for administrators: read, opened or closed, never edited in who they are."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.numbers import phone_words, siret_words
from accounts.services import set_person
from teledemande.gestion import AdministratorsRoom

_READ = (
    *("person_name", "official_name", "email", "login", "door"),
    *("telephone", "postal_address", "writes_for", "date_joined", "access"),
)


class PersonForm(forms.ModelForm):
    """What may change of a person. `by` is the administrator."""

    by: User

    class Meta:
        model = User
        fields = ("capacity", "is_active")

    def clean_is_active(self):
        """Refuse that an administrator shuts herself out."""
        is_active = self.cleaned_data["is_active"]
        if not is_active and self.instance.pk == self.by.pk:
            raise forms.ValidationError(_("Vous ne pouvez pas fermer votre propre compte."))
        return is_active


@admin.register(User)
class UserAdmin(AdministratorsRoom):
    """Who people are, by which proof we know them, and whether they may sign in."""

    form = PersonForm
    list_display = ("person_name", "email", "login", "door", "access")
    list_filter = ("is_staff", "is_active")
    search_fields = ("last_name", "usage_name", "first_name", "email", "identity")
    search_help_text = _("Nom, adresse électronique ou identifiant.")
    ordering = ("last_name", "first_name", "pk")
    show_full_result_count = False
    list_per_page = 50
    fields = (*_READ, "capacity", "is_active")
    readonly_fields = _READ

    @admin.display(description=_("nom"), ordering="last_name")
    def person_name(self, person):
        """Return first name then surname."""
        return str(person)

    @admin.display(description=_("état civil"))
    def official_name(self, person):
        """Return the names of her civil status."""
        return person.official_name

    @admin.display(description=_("téléphone"))
    def telephone(self, person):
        """Return the telephone number as people write it."""
        return phone_words(person.phone)

    @admin.display(description=_("écrit"))
    def writes_for(self, person):
        """Say in whose name she writes, with the numbers of the body."""
        numbers = (siret_words(person.siret), person.rna)
        said = (person.get_body_kind_display(), person.body_name, *numbers)
        return ", ".join(str(words) for words in said if words)

    @admin.display(description=_("identifiant"))
    def login(self, person):
        """Return what she signs in with."""
        return person.login

    @admin.display(description=_("compte"), ordering="identity")
    def door(self, person):
        """Say by which door she comes."""
        return _("université (CAS)") if person.is_cas else _("externe")

    @admin.display(description=_("accès"))
    def access(self, person):
        """Say in a word what she may reach."""
        if not person.is_active:
            return _("compte fermé")
        if person.is_superuser:
            return _("administration")
        return _("gestion") if person.is_staff else _("demandeur")

    @admin.display(description=_("adresse postale"))
    def postal_address(self, person):
        """Return the postal address on one line."""
        return ", ".join(person.postal_lines)

    def has_add_permission(self, request):
        """People come by the CAS or by their own registration."""
        return False

    def get_form(self, request, person=None, **options):
        """Tell the form who is acting."""
        form = super().get_form(request, person, **options)
        form.by = request.user
        return form

    def save_model(self, request, person, form, change):
        """Write through the service."""
        answers = form.cleaned_data
        set_person(person, is_active=answers["is_active"], capacity=answers["capacity"])
