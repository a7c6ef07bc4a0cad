"""What stands beside the list: its counters, the way straight to a number, how it is shown."""

from django.contrib import admin, messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tickets.admin.addresses import list_query, list_url, ticket_url
from tickets.admin.columns import COLUMNS, display_of
from tickets.admin.queues import count_queues
from tickets.forms.worklist import DisplayForm
from tickets.models import Ticket
from tickets.services.worklist import keep_display, reset_display


@never_cache
@require_safe
def counters(request):
    """Say how many requests each view holds, for the page that asks again from time to time."""
    return JsonResponse(count_queues(request.user))


@require_safe
def jump(request):
    """Go straight to a request by its number, « TD-2026-000123 » or « 123 »; else, to what the list finds."""
    number = request.GET.get("numero", "").strip()
    tickets = Ticket.objects.staffed_by(request.user)
    if number.isascii() and number.isdecimal() and len(number) <= 12:
        found = tickets.filter(pk=int(number))
    else:
        found = tickets.by_reference(number)
    key = found.values_list("pk", flat=True).first()
    if key is not None:
        return redirect(ticket_url(key))
    asked = request.GET.copy()
    asked["q"] = number
    return redirect(list_url(list_query(asked)))


@require_http_methods(["GET", "HEAD", "POST"])
def display(request):
    """Choose the columns of the list, whether single keys do something, how long answers wait."""
    if request.method == "POST" and "reset" in request.POST:
        reset_display(request.user)
        return _done(request, _("La liste s’affiche de nouveau comme pour tout le monde."))
    kept = display_of(request.user)
    initial = {
        "columns": kept.columns,
        "has_shortcuts": kept.has_shortcuts,
        "take_back_seconds": kept.take_back_seconds,
    }
    posted = request.POST if request.method == "POST" else None
    form = DisplayForm(posted, columns=COLUMNS.items(), initial=initial)
    if form.is_bound and form.is_valid():
        keep_display(request.user, **form.cleaned_data)
        return _done(request, _("Affichage enregistré."))
    context = admin.site.each_context(request) | {"title": _("Affichage de la liste"), "form": form}
    return TemplateResponse(request, "gestion/display.html", context | {"back": list_url()})


def _done(request, sentence):
    messages.success(request, sentence)
    return redirect(list_url())
