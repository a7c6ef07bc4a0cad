"""Which mails a member of staff receives: her page, one click a profile, and the way back."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from categories.admin.fields import ThemeChoiceField
from categories.models import Category
from notifications.choices import choose
from notifications.habits import HOURS, habits_of, keep_habits
from notifications.models import Profile
from notifications.profiles import choosable_themes, manages_a_theme, ready_profiles, theme_rows
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


class HabitsForm(forms.Form):
    """When summaries come, and which. Only managers have an overview."""

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    has_daily = forms.BooleanField(
        label=gettext_lazy("Recevoir le résumé quotidien"),
        help_text=gettext_lazy("Il ne parle que des thèmes pour lesquels vous l’avez choisi."),
        required=False,
    )
    hours = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Heures du résumé"),
        help_text=gettext_lazy(
            "Les jours ouvrés, heure de Paris ; rien n’est envoyé quand il n’y a rien à dire."
        ),
        choices=[(hour, format_lazy(gettext_lazy("{hour} h"), hour=hour)) for hour in HOURS],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choisissez au moins une heure."),
            "invalid_choice": gettext_lazy("Choisissez une heure de la liste."),
        },
    )
    groups_mails = forms.BooleanField(
        label=gettext_lazy("Regrouper les courriels d’une même demande"),
        help_text=gettext_lazy("Ceux de quelques minutes arrivent en un seul, dans l’ordre."),
        required=False,
    )
    has_overview = forms.BooleanField(
        label=gettext_lazy("Recevoir le bilan de la semaine"),
        help_text=gettext_lazy("Le lundi : demandes reçues, terminées, en retard, à échéance, par thème."),
        required=False,
    )

    def __init__(self, *args, person, **options):
        kept = habits_of(person)
        initial = {
            "hours": kept.digest_hours,
            "has_daily": kept.has_daily,
            "has_overview": kept.has_overview,
            "groups_mails": kept.groups_mails,
        }
        super().__init__(*args, initial=initial, **options)
        if not manages_a_theme(person):
            del self.fields["has_overview"]


@require_safe
def mail_choices(request):
    """Say what she receives, and offer to change it."""
    return _page(request)


@require_POST
def keep_summaries(request):
    """Take when her summaries come, and which."""
    form = HabitsForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, habits_form=form)
    kept = {"has_overview": habits_of(request.user).has_overview}
    keep_habits(request.user, **kept | form.cleaned_data)
    messages.success(request, _("Vos réglages sont enregistrés."))
    return redirect(_PAGE)


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
        return _page(request, form=form)
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


def _page(request, *, form=None, habits_form=None):
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Mes courriels"),
        "refused": form or habits_form,
        "form": form or ThemeChoiceForm(person=request.user),
        "habits_form": habits_form or HabitsForm(person=request.user),
        "profiles": ready_profiles(request.user),
        "rows": theme_rows(request.user),
        "has_undo": _UNDO in request.session,
    }
    return TemplateResponse(request, "gestion/mail_choices.html", context)


gestion().add_page("mes-courriels/", mail_choices, "mail_choices")
gestion().add_page("mes-courriels/tous/", choose_for_all, "mail_choice_for_all")
gestion().add_page("mes-courriels/theme/", choose_for_theme, "mail_choice_for_theme")
gestion().add_page("mes-courriels/annuler/", undo, "mail_choice_undo")
gestion().add_page("mes-courriels/resumes/", keep_summaries, "mail_summaries")
