"""Absences: each notes hers, managers note those of the people of their themes."""

from datetime import timedelta
from typing import Final

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from categories.absences import AbsenceRefusedError, forget_absence, note_absence, noted_by, substitutes
from categories.models import Absence
from teledemande.gestion import gestion

LONGEST: Final = timedelta(days=2 * 366)


def _day(label):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Indiquez une date."),
            "invalid": gettext_lazy("Indiquez une date au format jj/mm/aaaa."),
        },
    )


class AbsenceForm(forms.Form):
    """Who, from when to when, who stands in. `by` is who notes it."""

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=gettext_lazy("Personne absente"),
        queryset=None,
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("Choisissez une personne de la liste.")},
    )
    first_day = _day(gettext_lazy("Premier jour"))
    last_day = _day(gettext_lazy("Dernier jour"))
    substitute: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=gettext_lazy("Remplacée par (facultatif)"),
        help_text=gettext_lazy(
            "Elle reçoit aussi les courriels des demandes en charge, sur les thèmes qu’elle gère elle-même."
        ),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("aucun remplacement"),
        error_messages={"invalid_choice": gettext_lazy("Choisissez une personne de la liste.")},
    )

    def __init__(self, *args, by, **options):
        super().__init__(*args, initial={"person": by}, **options)
        self.by = by
        self.fields["person"].queryset = noted_by(by)
        self.fields["substitute"].queryset = substitutes()

    def clean(self):
        """Refuse days in the wrong order, over, or too many, and somebody who stands in for herself."""
        given = super().clean()
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", _("Le dernier jour ne peut pas précéder le premier."))
        elif last and last < timezone.localdate():
            self.add_error("last_day", _("Indiquez un jour à venir."))
        if first and last and last - first > LONGEST:
            self.add_error("last_day", _("Indiquez une absence de deux ans au plus."))
        if given.get("substitute") and given["substitute"] == given.get("person"):
            self.add_error("substitute", _("Choisissez quelqu’un d’autre pour la remplacer."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    """Show the absences the reader may note, and take a new one."""
    form = AbsenceForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid() and _is_noted(form):
        messages.success(request, _("Absence notée."))
        return redirect("admin:absences")
    rows = Absence.objects.to_come().filter(person__in=noted_by(request.user))
    context = admin.site.each_context(request) | {
        "title": _("Absences"),
        "form": form,
        "absences": rows.select_related("person", "substitute"),
    }
    return TemplateResponse(request, "gestion/absences.html", context)


def _is_noted(form):
    given = dict(form.cleaned_data)
    try:
        note_absence(given.pop("person"), by=form.by, **given)
    except AbsenceRefusedError:
        form.add_error(None, _("Une absence est déjà notée sur ces jours : retirez-la d’abord."))
        return False
    return True


@require_POST
def forget(request, pk):
    """Take an absence back."""
    forget_absence(pk, by=request.user)
    messages.success(request, _("Absence retirée."))
    return redirect("admin:absences")


gestion().add_page("absences/", absences, "absences")
gestion().add_page("absences/<int:pk>/retirer/", forget, "absence_forget")
