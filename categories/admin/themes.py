"""Themes, for administrators and for those who manage them. Everything is written by the services."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.admin.theme_form import (
    HANDLING,
    KEEPING,
    PLACE,
    PUBLICATION,
    REGIME,
    VALIDITY,
    WORDS,
    SheetForm,
    ThemeForm,
)
from categories.admin.theme_rows import counters, form_url, theme_rows
from categories.models import Category
from categories.publication import missing_mentions
from categories.questionnaire.editing import themes_edited_by
from categories.services import save_theme
from categories.wording import value_words
from teledemande.gestion import AdministratorsRoom


def _fieldset(name, fields, description=""):
    return name, {"fields": fields, "description": description}


_COMMON = (
    _fieldset(gettext_lazy("Ce que lit le demandeur"), WORDS),
    _fieldset(
        gettext_lazy("Traitement"),
        HANDLING,
        gettext_lazy("Ces réglages valent pour les demandes déposées à partir de maintenant."),
    ),
)
_FOR_ADMINISTRATORS = (
    _fieldset(gettext_lazy("Place dans l’arbre"), PLACE),
    *_COMMON,
    _fieldset(
        gettext_lazy("Service et régime juridique"),
        REGIME,
        gettext_lazy(
            "L’accusé de réception porte ces mentions (CRPA, R112-11-1). Une demande déjà déposée garde le "
            "régime du jour de son dépôt."
        ),
    ),
    _fieldset(gettext_lazy("Publication"), (*PUBLICATION, *VALIDITY)),
    _fieldset(gettext_lazy("Tenue de la fiche"), KEEPING),
)
_FOR_MANAGERS = (
    *_COMMON,
    _fieldset(gettext_lazy("Validité"), VALIDITY),
    _fieldset(gettext_lazy("Tenue de la fiche"), KEEPING),
)
# What managers read and administrators change: it binds the university, or decides who sees what.
_LOCKED = (*PUBLICATION, *PLACE, *REGIME)


@admin.register(Category)
class CategoryAdmin(AdministratorsRoom):
    """The tree of themes. Somebody who manages a theme keeps its sheet; the rest does not exist for her."""

    change_form_template = "gestion/theme.html"
    change_list_template = "gestion/themes.html"

    def has_view_permission(self, request, row=None):
        """Let administrators read every theme, and managers theirs."""
        if request.user.is_superuser:
            return True
        themes = themes_edited_by(request.user)
        return themes.exists() if row is None else themes.filter(pk=row.pk).exists()

    def has_change_permission(self, request, row=None):
        """Let the same people write."""
        return self.has_view_permission(request, row)

    def get_object(self, request, object_id, from_field=None):
        """Return the theme; 404 for one that does not exist, as for one that is not hers."""
        theme = super().get_object(request, object_id, from_field)
        if theme is None:
            raise Http404
        return theme

    def get_queryset(self, request):
        """Read the owner with the theme: the form names her."""
        return super().get_queryset(request).select_related("owner", "service")

    def get_readonly_fields(self, request, theme=None):
        """Keep the address links lead to, by which `load_themes` knows a theme again; managers have none."""
        return () if theme is None or not request.user.is_superuser else ("slug",)

    def get_fieldsets(self, request, theme=None):
        """Return the fields this person may change."""
        return _FOR_ADMINISTRATORS if request.user.is_superuser else _FOR_MANAGERS

    def get_form(self, request, theme=None, **options):
        """Return the whole form to administrators, the sheet alone to managers."""
        form = ThemeForm if request.user.is_superuser else SheetForm
        return super().get_form(request, theme, **options | {"form": form})

    def save_model(self, request, theme, form, change):
        """Write through the service."""
        save_theme(theme)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Add what stands around the fields: what is missing, what others decide, where it is read."""
        context |= _around(obj, is_manager=not request.user.is_superuser)
        context["title"] = obj.name if obj else _("Nouveau thème")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        """Show the tree, indented: it is read, not searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = theme_rows(_listed(request.user))
        context = self.admin_site.each_context(request) | {
            "title": _("Thèmes"),
            "rows": rows,
            "counters": counters(rows),
        }
        return TemplateResponse(request, self.change_list_template, context)


def _listed(person):
    themes = Category.objects.with_tree_fields().select_related("service", "alias_of", "redirect_to")
    return list(themes if person.is_superuser else themes.filter(pk__in=themes_edited_by(person)))


def _around(theme, *, is_manager):
    if theme is None:
        return {"theme": None, "missing": [], "locked": [], "theme_form_url": ""}
    return {
        "theme": theme,
        "missing": missing_mentions(theme),
        "locked": _locked_facts(theme) if is_manager else [],
        "theme_form_url": form_url(theme),
    }


def _locked_facts(theme):
    fields = {field.name: field for field in Category._meta.get_fields()}  # noqa: SLF001 -- documented
    return [
        {"label": str(fields[name].verbose_name).capitalize(), "value": value_words(theme, name)}
        for name in _LOCKED
    ]
