"""What a person may change about herself."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.postal import PostalAddressForm
from accounts.redirects import landing, next_page
from accounts.services import save_postal_address, set_filing_intro


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Show who she is to us; let her change her postal address and see the information screen again."""
    if request.method == "POST" and "show_intro" in request.POST:
        set_filing_intro(request.user, hidden=False)
        messages.success(request, _("L’écran d’information sera montré avant votre prochaine demande."))
        return redirect("accounts:preferences")
    form = _posted_address(request)
    if form.is_valid():
        save_postal_address(request.user, lines=form.cleaned_data)
        messages.success(request, _("Adresse enregistrée."))
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.html", {"form": form, "facts": _facts(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def address(request):
    """Ask for the postal address before the first official request, then go on to it."""
    form = _posted_address(request)
    if form.is_valid():
        save_postal_address(request.user, lines=form.cleaned_data)
        messages.success(request, _("Adresse enregistrée."))
        return HttpResponseRedirect(landing(request))
    return render(request, "accounts/address.html", {"form": form, "next": next_page(request)})


def _posted_address(request):
    data = request.POST if request.method == "POST" else None
    return PostalAddressForm(data, person=request.user)


def _facts(person):
    facts = [
        {"label": _("Nom"), "value": person.last_name or _("non renseigné")},
        {"label": _("Prénom"), "value": person.first_name or _("non renseigné")},
        {"label": _("Adresse électronique"), "value": person.email or _("non renseignée")},
    ]
    return [*facts, {"label": _("Compte AMU"), "value": person.login}] if person.is_cas else facts
