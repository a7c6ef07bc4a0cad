"""What a person may change about herself: one page that shows all, a page for each thing to change."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from accounts.forms.postal import PostalAddressForm
from accounts.forms.profile import BodyForm, DisplayForm, IdentityForm
from accounts.numbers import phone_words, siret_words
from accounts.redirects import landing, next_page
from accounts.services import save_body, save_display, save_identity, save_postal_address
from teledemande.languages import remember

PREFERENCES = "accounts:preferences"


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Show who she is to us; let her choose how pages and mails come."""
    form = DisplayForm(_posted(request), person=request.user)
    if form.is_valid():
        return _display_saved(request, form.cleaned_data)
    person = request.user
    context = {
        "form": form,
        "facts": _facts(person),
        "mail": _shown([(_("Adresse"), person.email or _("non renseignée"))]),
        "postal": _shown([(_("Adresse"), "\n".join(person.postal_lines))]),
        "body": _body(person),
    }
    return render(request, "accounts/preferences.html", context)


def _display_saved(request, answers):
    language = answers["language"]
    hides = not answers["shows_intro"]
    save_display(
        request.user, language=language, newest_first=answers["newest_first"], hides_filing_intro=hides
    )
    with override(language):  # that of the page she will read it on
        messages.success(request, _("Préférences enregistrées."))
    response = redirect(PREFERENCES)
    remember(response, language)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request):
    """Change the names and the telephone."""
    form = IdentityForm(_posted(request), person=request.user)
    if form.is_valid():
        save_identity(request.user, answers=form.cleaned_data)
        messages.success(request, _("Renseignements enregistrés."))
        return redirect(PREFERENCES)
    return render(request, "accounts/identity.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def body(request):
    """Say in whose name she writes."""
    form = BodyForm(_posted(request), person=request.user)
    if form.is_valid():
        answers = form.cleaned_data
        save_body(
            request.user,
            kind=answers["body_kind"],
            name=answers["body_name"],
            siret=answers.get("siret", ""),
            rna=answers.get("rna", ""),
        )
        messages.success(request, _("Renseignements enregistrés."))
        return redirect(PREFERENCES)
    return render(request, "accounts/body.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def address(request):
    """Ask for the postal address: before the first official request, or from the preferences."""
    form = PostalAddressForm(_posted(request), person=request.user)
    if form.is_valid():
        save_postal_address(request.user, lines=form.cleaned_data)
        messages.success(request, _("Adresse enregistrée."))
        return HttpResponseRedirect(landing(request))
    following = next_page(request)
    context = {"form": form, "next": following, "is_asked": following != reverse(PREFERENCES)}
    return render(request, "accounts/address.html", context)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _facts(person):
    facts = [
        (_("Nom"), person.last_name or _("non renseigné")),
        (_("Prénom"), person.first_name or _("non renseigné")),
        (_("Nom d’usage"), person.usage_name),
        (_("Téléphone"), phone_words(person.phone) or _("non renseigné")),
        (_("Compte AMU"), person.login if person.is_cas else ""),
    ]
    return _shown(facts)


def _body(person):
    facts = [
        (_("J’écris"), person.get_body_kind_display()),
        (_("Nom"), person.body_name),
        (_("Numéro SIRET"), siret_words(person.siret)),
        (_("Numéro RNA"), person.rna),
    ]
    return _shown(facts)


def _shown(facts):
    return [{"label": label, "value": value} for label, value in facts if value]
