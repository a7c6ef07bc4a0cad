"""The page where a role is taken back: it asks what becomes of the open requests the role kept."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from categories.admin.roles import RoleAdmin
from categories.models import Role
from tickets.forms.layout import PlainHelper
from tickets.services.leaving import Handing, change_role, colleagues_for, held_through, leave_theme


class LeavingForm(forms.Form):
    """What becomes of the requests, and whom they go to when a colleague is chosen."""

    helper = PlainHelper()
    handing = forms.ChoiceField(
        label=gettext_lazy("Que deviennent ses demandes en cours ?"),
        widget=forms.RadioSelect,
        choices=[
            (Handing.SPREAD.value, gettext_lazy("les répartir : chacune au gestionnaire le moins chargé")),
            (Handing.COLLEAGUE.value, gettext_lazy("les confier toutes à une personne")),
            (Handing.RELEASE.value, gettext_lazy("les remettre à disposition du service")),
        ],
        error_messages={"required": gettext_lazy("Choisissez ce que deviennent les demandes.")},
    )
    colleague = forms.TypedChoiceField(
        label=gettext_lazy("À qui les confier"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, colleagues, **options):
        super().__init__(*args, **options)
        self._people = {person.pk: person for person in colleagues}
        names = [(pk, str(person)) for pk, person in self._people.items()]
        self.fields["colleague"].choices = [("", gettext_lazy("Choisissez")), *names]

    def clean(self):
        """Ask for a person where the requests go to one."""
        given = super().clean()
        given["colleague"] = self._people.get(given.get("colleague"))
        if given.get("handing") == Handing.COLLEAGUE and given["colleague"] is None:
            self.add_error("colleague", _("Choisissez à qui confier les demandes."))
        return given


class HandingRoleAdmin(RoleAdmin):
    """Roles, which nobody leaves with requests in her hands."""

    def delete_view(self, request, object_id, extra_context=None):
        """Ask what becomes of the requests before a role is taken back."""
        return take_role_back(request, object_id)

    def delete_queryset(self, request, roles):
        """Take each role back, its requests spread, so that the admin closes with the last one."""
        for role in roles.order_by("pk").select_related("user", "category"):
            messages.success(request, f"{role} – {_told(leave_theme(role, Handing.SPREAD))}")

    def save_model(self, request, role, form, change):
        """Give the role, replacing the one she had there; spread what an observer may not keep."""
        held = Role.objects.filter(user=role.user, category=role.category).select_related("user", "category")
        if (before := held.first()) is None:
            super().save_model(request, role, form, change)
            return
        report, role.pk = change_role(before, role.kind), before.pk
        if report.given or report.freed:
            messages.success(request, _handed(report))


@require_http_methods(["GET", "HEAD", "POST"])
def take_role_back(request, pk):
    """Take a role back, once it is said what becomes of its requests. 404 for all but administrators."""
    found = Role.objects.filter(pk=pk) if str(pk).isdecimal() else Role.objects.none()
    role = found.select_related("user", "category").first()
    if role is None or not request.user.is_superuser:
        raise Http404
    held = held_through(role)
    colleagues = colleagues_for(role, held)
    form = LeavingForm(request.POST if request.method == "POST" and held else None, colleagues=colleagues)
    if request.method == "POST" and (not held or form.is_valid()):
        given = form.cleaned_data if held else {"handing": Handing.RELEASE, "colleague": None}
        report = leave_theme(role, Handing(given["handing"]), colleague=given["colleague"])
        messages.success(request, _told(report))
        return redirect("admin:categories_role_changelist")
    context = admin.site.each_context(request) | {
        "title": _("Retirer un rôle"),
        "role": role,
        "held": held,
        "form": form,
    }
    return TemplateResponse(request, "gestion/leaving.html", context)


def _told(report):
    done = _("Rôle retiré.")
    return " ".join(words for words in (done, _handed(report)) if words)


def _handed(report):
    """Return the report as one sentence for each fate."""
    given, freed = len(report.given), len(report.freed)
    lines = []
    if given:
        lines.append(ngettext("%(n)d demande confiée.", "%(n)d demandes confiées.", given) % {"n": given})
    if freed:
        words = ngettext("%(n)d demande libérée : %(list)s.", "%(n)d demandes libérées : %(list)s.", freed)
        lines.append(words % {"n": freed, "list": ", ".join(one.reference for one in report.freed)})
    return " ".join(lines)
