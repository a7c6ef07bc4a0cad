"""Themes, for administrators. Everything is written by the services."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.models import Category
from categories.services import check_theme, save_theme
from teledemande.gestion import AdministratorsRoom

_INDENT = "\u2003"
_PLACE = ("name", "slug", "parent", "position", "is_leaf", "is_published", "is_confidential")
_HANDLING = ("service", "kind", "closing_delay_days", "response_deadline", "manual_qualification")
_REGIME = (
    "is_sve",
    "silence_rule",
    "silence_months",
    "silence_verified",
    "start_event",
    "recourse",
    "legal_basis",
)


class ThemeChoiceField(forms.ModelChoiceField):
    """A theme, indented by its place in the tree."""

    def label_from_instance(self, category):
        """Return the name, indented."""
        return _INDENT * category.tree_depth + category.name


def theme_field(**options):
    """Return a field to choose a theme of the whole tree."""
    return ThemeChoiceField(
        queryset=Category.objects.with_tree_fields(),
        widget=forms.Select(attrs={"class": "form-select"}),
        **options,
    )


class ThemeForm(forms.ModelForm):
    """A theme; what the database does not check is checked here."""

    parent = theme_field(label=gettext_lazy("rangé sous"), required=False)

    class Meta:
        model = Category
        fields = (*_PLACE, *_HANDLING, *_REGIME, "note", "source")

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                check_theme(self.instance)
            except forms.ValidationError as refusal:
                self.add_error(None, refusal)


@admin.register(Category)
class CategoryAdmin(AdministratorsRoom):
    """The tree of themes."""

    form = ThemeForm
    change_list_template = "gestion/themes.html"
    fieldsets = (
        (None, {"fields": _PLACE}),
        (gettext_lazy("Traitement"), {"fields": _HANDLING}),
        (gettext_lazy("Régime juridique"), {"fields": _REGIME}),
        (gettext_lazy("Pour mémoire"), {"fields": ("note", "source")}),
    )

    def save_model(self, request, category, form, change):
        """Write through the service."""
        save_theme(category)

    def changelist_view(self, request, extra_context=None):
        """Show the whole tree, indented: it is read, not searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        themes = Category.objects.with_tree_fields().select_related("service")
        context = self.admin_site.each_context(request) | {"title": _("Thèmes"), "themes": themes}
        return TemplateResponse(request, self.change_list_template, context)
