"""Where an administrator says why she must read a confidential request."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from teledemande.fields import LineField, MessageField
from tickets import typing_keys
from tickets.forms.layout import PlainHelper
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import AdminAccess, Ticket
from tickets.services.admin_access import MOVE
from tickets.services.given import Given
from tickets.services.moving import apply_transition
from tickets.views.typing import posted_key


class AccessForm(forms.Form):
    """Which request, and why. `by` is the administrator."""

    helper = PlainHelper()
    reference = LineField(
        label=gettext_lazy("Numéro de la demande"),
        help_text=gettext_lazy("Exemple : TD-2026-000123."),
        max_length=20,
        error_messages={"required": gettext_lazy("Indiquez le numéro de la demande.")},
    )
    reason = MessageField(
        label=gettext_lazy("Raison de l’accès"),
        help_text=gettext_lazy(
            "Elle est écrite dans l’historique de la demande, que lisent ses responsables."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Dites pourquoi vous devez lire cette demande.")},
        max_length=2000,
    )

    def clean_reference(self):
        """Keep the request itself. Whether she may open it, the table says."""
        ticket = Ticket.objects.by_reference(self.cleaned_data["reference"]).first()
        if ticket is None:
            raise forms.ValidationError(_("Aucune demande n’a ce numéro."))
        return ticket


@require_http_methods(["GET", "HEAD", "POST"])
def access(request):
    """Ask a reason, write it in the history of the request, and open it for an hour. 404 for all others."""
    if not request.user.is_superuser:
        raise Http404
    form = AccessForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (ticket := _opened(request, form)):
        messages.success(request, TRANSITIONS[MOVE].done)
        return HttpResponseRedirect(reverse("admin:tickets_ticket_change", args=[ticket.pk]))
    key = posted_key(request) if request.method == "POST" else typing_keys.new_key()
    context = admin.site.each_context(request) | {
        "title": _("Lire une demande confidentielle"),
        "form": form,
        "key": typing_keys.sign(key, request.user),
        "open": AdminAccess.objects.of(request.user).select_related("ticket"),
    }
    return TemplateResponse(request, "gestion/access.html", context)


def _opened(request, form):
    """Return the request, open to her from now on, or None: the form then says why."""
    ticket = form.cleaned_data["reference"]
    given = Given(message=form.cleaned_data["reason"], key=posted_key(request))
    try:
        return apply_transition(ticket.pk, MOVE, actor=request.user, given=given)
    except MoveRefusedError:
        form.add_error("reference", _("Cette demande n’est pas confidentielle, ou vous la voyez déjà."))
        return None
