"""Questions, for administrators and the managers of their themes. Everything is written by the services."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from categories.enums import FeedbackKind, RoleKind
from categories.faq.services import (
    advice_on,
    check_entry,
    delete_entry,
    free_slug,
    save_entry,
)
from categories.markdown import remarks
from categories.models import Category, FaqEntry
from categories.roles import manages_a_theme
from teledemande.gestion import AdministratorsRoom, gestion

_INDENT = "\u2003"
_TALL = 18  # lines of the answer shown at once
_THEMES_SHOWN = 2
_WORDS = ("title", "slug", "parent", "body", "synonyms")
_READERS = ("audience", "categories", "position", "is_published")


class ThemesField(forms.ModelMultipleChoiceField):
    """Themes, indented by their place in the tree."""

    def label_from_instance(self, category):
        """Return the name, indented."""
        return _INDENT * category.tree_depth + category.name


class HeadingField(forms.ModelChoiceField):
    """A heading, indented by its place in the tree."""

    def label_from_instance(self, entry):
        """Return the title, indented."""
        return _INDENT * entry.tree_depth + entry.title


class FaqForm(forms.ModelForm):
    """A question or a heading; the services check what the database does not.

    `user` is who writes: the admin makes a class for each page (`FaqAdmin.get_form`).
    """

    user = None
    is_preview = False

    parent = HeadingField(
        label=gettext_lazy("rubrique"),
        queryset=FaqEntry.objects.none(),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    categories = ThemesField(
        label=gettext_lazy("thèmes"),
        queryset=Category.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 10}),
        help_text=gettext_lazy(
            "La question est proposée sur la fiche de ces thèmes et avant leur formulaire. "
            "Touche Ctrl (Cmd sur un Mac) pour en choisir plusieurs."
        ),
    )

    class Meta:
        model = FaqEntry
        fields = (*_WORDS, *_READERS)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["parent"].queryset = headings_for(self.user, self.instance)
        themes = self.fields["categories"]
        themes.queryset = Category.objects.with_tree_fields()
        if not self.user.is_superuser:
            themes.queryset = themes.queryset.reached_by(self.user, RoleKind.MANAGER)
            themes.required = True
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Dans l’adresse de la page ; vide, il est tiré de la question. Il ne changera plus."
            )

    def clean_slug(self):
        """Propose the slug of the title."""
        return self.cleaned_data["slug"] or free_slug(self.cleaned_data.get("title", ""))

    def is_valid(self):
        """Never let a preview be written."""
        return super().is_valid() and not self.is_preview

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            check_entry(self.instance, themes=self.cleaned_data["categories"])
        except forms.ValidationError as refusal:
            self.add_error(None, refusal)


def headings_for(user, entry):
    """Return what `entry` may stand under: the headings `user` knows, but itself and what it holds."""
    known = FaqEntry.objects.filter(body="")
    if not user.is_superuser:
        seen, managed = FaqEntry.objects.visible_to(user), FaqEntry.objects.managed_by(user)
        hers = Q(pk__in=seen.values("pk")) | Q(pk__in=managed.values("pk")) | Q(pk=entry.parent_id)
        known = known.filter(hers)
    if entry.pk is not None:
        below = FaqEntry.objects.descendants(entry, include_self=True)
        known = known.exclude(pk__in=[one.pk for one in below])
    return known.with_tree_fields()


@admin.register(FaqEntry)
class FaqAdmin(AdministratorsRoom):
    """The tree of questions, with what readers say of them."""

    form = FaqForm
    change_form_template = "gestion/faq_entry.html"
    change_list_template = "gestion/faq.html"
    fieldsets = (
        (None, {"fields": _WORDS}),
        (gettext_lazy("Lecteurs et place"), {"fields": _READERS}),
    )

    # --- who ----------------------------------------------------------------------------------------------
    def get_queryset(self, request):
        """Show each her own: all for administrators, else what is only about the themes she manages."""
        return super().get_queryset(request).managed_by(request.user)

    def get_object(self, request, object_id, from_field=None):
        """Return the question; 404 for one that does not exist, as for one that is not hers."""
        entry = super().get_object(request, object_id, from_field)
        if entry is None:
            raise Http404
        return entry

    def has_module_permission(self, request):
        """Show the room to administrators and to managers."""
        return manages_a_theme(request.user)

    def has_view_permission(self, request, entry=None):
        """Let those who manage its themes read; the queryset hides the rest."""
        return manages_a_theme(request.user)

    def has_add_permission(self, request):
        """Let managers add on their themes."""
        return manages_a_theme(request.user)

    def has_change_permission(self, request, entry=None):
        """Let those who manage its themes change."""
        return manages_a_theme(request.user)

    def has_delete_permission(self, request, entry=None):
        """Let those who manage its themes delete what holds nothing; the rest is unpublished instead."""
        return manages_a_theme(request.user) and (entry is None or not entry.children.exists())

    # --- one question ---------------------------------------------------------------------------------------
    def get_readonly_fields(self, request, entry=None):
        """Keep the slug for ever."""
        return () if entry is None else ("slug",)

    def get_form(self, request, entry=None, **options):
        """Return the form of who writes."""
        form = super().get_form(request, entry, **options)
        return type(form.__name__, (form,), {"user": request.user, "is_preview": "_preview" in request.POST})

    def formfield_for_dbfield(self, db_field, request, **options):
        """Give the answer a tall field, and the synonyms a low one."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "body":
            field.widget.attrs |= {"rows": _TALL, "spellcheck": "true"}
        if db_field.name == "synonyms":
            field.widget.attrs["rows"] = 4
            field.help_text = _("Les mots des lecteurs, une expression par ligne ; la recherche les connaît.")
        return field

    def render_change_form(self, request, context, *args, **options):
        """Show the answer as readers will see it, and what would hamper them."""
        form = context["adminform"].form
        text = form["body"].value() or ""
        context |= {"text": text, "remarks": remarks(text), "is_preview": form.is_preview}
        entry = context["original"]
        context |= {"figures": figures_of(entry), "title": entry.title if entry else _("Nouvelle question")}
        if form.is_preview:
            context["errors"] = form.errors
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request, entry, form, change):
        """Write through the service, and pass its advice on."""
        save_entry(entry, themes=form.cleaned_data["categories"])
        for sentence in advice_on(entry):
            messages.warning(request, sentence)

    def save_related(self, request, form, formsets, change):
        """Leave the themes to the service, which wrote them."""

    def delete_model(self, request, entry):
        """Delete through the service; what got a question meanwhile is not found to delete."""
        try:
            delete_entry(entry)
        except forms.ValidationError as refusal:
            raise PermissionDenied from refusal

    # --- all of them ----------------------------------------------------------------------------------------
    def changelist_view(self, request, extra_context=None):
        """Show the whole tree with its figures: it is read, not searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Questions fréquentes"),
            "entries": with_figures(self.get_queryset(request)),
        }
        return TemplateResponse(request, self.change_list_template, context)


def with_figures(entries):
    """Return `entries` in the order of the tree with their themes and how often readers said each thing."""
    counts = {row["pk"]: row for row in with_counts(entries)}
    rows = list(entries.with_tree_fields().prefetch_related("categories"))
    for row in rows:
        row.figures = [counts[row.pk][kind.value] for kind in FeedbackKind]
        themes = list(row.categories.all())
        row.first_themes, row.other_themes = themes[:_THEMES_SHOWN], len(themes[_THEMES_SHOWN:])
    return rows


def figures_of(entry):
    """Return the lines of the figures of one question; none for a heading or a new one."""
    if entry is None or not entry.body:
        return []
    (row,) = with_counts(FaqEntry.objects.filter(pk=entry.pk))
    return [{"label": kind.label, "value": row[kind.value]} for kind in FeedbackKind]


def with_counts(entries):
    """Return a row for each of `entries`: its key, and how often readers said each thing."""
    said = {kind.value: Count("feedback", filter=Q(feedback__kind=kind)) for kind in FeedbackKind}
    return entries.order_by().values("pk").annotate(**said)


@require_POST
def preview(request):
    """Return the answer being typed as readers will see it, for static/js/markdown-preview.js."""
    if not manages_a_theme(request.user):
        raise PermissionDenied
    text = request.POST.get("body", "")
    return render(request, "gestion/_faq_preview.html", {"text": text, "remarks": remarks(text)})


gestion().add_page("categories/faqentry/apercu/", preview, "faq_preview")
