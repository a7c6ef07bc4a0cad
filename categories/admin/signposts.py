"""Signposts, for administrators: where to go for what the service does not handle."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from categories.models import Signpost
from categories.signposts import check_signpost, save_signpost
from teledemande.gestion import AdministratorsRoom

_FIELDS = ("title", "slug", "body", "url", "url_label", "synonyms", "position", "is_published")


class SignpostForm(forms.ModelForm):
    """A signpost; the service reads its text over."""

    url = forms.URLField(
        label=_("adresse où aller"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "form-control"}),
    )

    class Meta:
        model = Signpost
        fields = _FIELDS

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                check_signpost(self.instance)
            except forms.ValidationError as refusal:
                self.add_error(None, refusal)


@admin.register(Signpost)
class SignpostAdmin(AdministratorsRoom):
    """The pages of « /ailleurs/ ». The address of a page never changes: mails and results lead to it."""

    form = SignpostForm
    list_display = ("title", "url_label", "is_published", "position")
    list_filter = ("is_published",)
    search_fields = ("title", "synonyms")
    search_help_text = _("Titre ou synonyme.")
    ordering = ("position", "pk")
    fields = _FIELDS

    def get_readonly_fields(self, request, signpost=None):
        """Keep the address once given."""
        return () if signpost is None else ("slug",)

    def save_model(self, request, signpost, form, change):
        """Write through the service."""
        save_signpost(signpost)
