"""Which mails a member of staff receives: her page, one click a profile, and the way back."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from categories.admin.fields import ThemeChoiceField
from categories.models import Category
from notifications.choices import choose
from notifications.models import Profile
from notifications.profiles import choosable_themes, ready_profiles, theme_rows
from teledemande.gestion import gestion

_PAGE = "admin:mail_choices"
_UNDO = "mail_choice_undo"  # what stood where she chose last, in her session


class ThemeChoiceForm(forms.Form):
    """A profile for one theme; without a profile, her choice there is taken back."""

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    theme = ThemeChoiceField(
        label=gettext_lazy("Thème"),
        help_text=gettext_lazy("Le choix vaut aussi pour ce qui est rangé dessous, sauf choix plus précis."),
        queryset=Category.objects.none(),
        empty_label=gettext_lazy("choisissez un thème"),
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={
            "required": gettext_lazy("Choisissez un thème."),
            "invalid_choice": gettext_lazy("Choisissez un thème de la liste."),
        },
    )
    profile = forms.ChoiceField(
        label=gettext_lazy("Courriels à recevoir"),
        choices=[("", gettext_lazy("comme au-dessus dans l’arbre")), *Profile.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": gettext_lazy("Choisissez une réponse de la liste.")},
    )

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.fields["theme"].queryset = choosable_themes(person).with_tree_fields()


@require_safe
def mail_choices(request):
    """Say what she receives, and offer to change it."""
    return _page(request, ThemeChoiceForm(person=request.user))


@require_POST
def choose_for_all(request):
    """Take her choice for all themes."""
    profile = request.POST.get("profile", "")
    if profile not in Profile.values:
        messages.error(request, _("Choisissez une réponse de la liste."))
        return redirect(_PAGE)
    return _chosen(request, None, profile)


@require_POST
def choose_for_theme(request):
    """Take her choice for one theme, or take it back."""
    form = ThemeChoiceForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, form)
    return _chosen(request, form.cleaned_data["theme"], form.cleaned_data["profile"])


@require_POST
def undo(request):
    """Put back what stood where she chose last."""
    last = request.session.pop(_UNDO, None)
    if last is not None and (last["theme"] is None or Category.objects.filter(pk=last["theme"]).exists()):
        choose(request.user, last["theme"], last["profile"])
        messages.success(request, _("Votre dernier choix est annulé."))
    return redirect(_PAGE)


def _chosen(request, theme, profile):
    key = theme.pk if theme else None
    former = choose(request.user, key, profile)
    if former != profile:
        request.session[_UNDO] = {"theme": key, "profile": former}
    messages.success(request, _("Votre choix est enregistré."))
    return redirect(_PAGE)


def _page(request, form):
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Mes courriels"),
        "form": form,
        "profiles": ready_profiles(request.user),
        "rows": theme_rows(request.user),
        "has_undo": _UNDO in request.session,
    }
    return TemplateResponse(request, "gestion/mail_choices.html", context)


gestion().add_page("mes-courriels/", mail_choices, "mail_choices")
gestion().add_page("mes-courriels/tous/", choose_for_all, "mail_choice_for_all")
gestion().add_page("mes-courriels/theme/", choose_for_theme, "mail_choice_for_theme")
gestion().add_page("mes-courriels/annuler/", undo, "mail_choice_undo")
