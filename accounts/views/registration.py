"""« Créez votre compte » and « Oublié votre mot de passe ? »: ask for a link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.registration import ForgottenForm, RegistrationForm
from accounts.redirects import landing, next_page, with_next
from accounts.services import TooManyMails, ask_password, ask_registration
from accounts.throttling import client_address

SENT_TO = "accounts_link_sent_to"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """Ask for the link that creates an account."""
    return _asked(request, RegistrationForm, ask_registration, "accounts:create", "accounts/create.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request):
    """Ask for the link that lets her choose another password."""
    return _asked(request, ForgottenForm, ask_password, "accounts:forgotten", "accounts/forgotten.html")


def _asked(request, form_class, ask, page, template):
    if page == "accounts:create" and request.user.is_authenticated:
        return HttpResponseRedirect(landing(request))
    if request.method != "POST" and "envoye" in request.GET:
        return _show_sent(request, page)
    form = form_class(request.POST if request.method == "POST" else None, initial=_known(request))
    status = 200
    if form.is_valid():
        try:
            ask(**form.cleaned_data, client=client_address(request) or "", following=next_page(request))
        except TooManyMails:
            form.add_error(None, _("Trop de messages ont été demandés d’ici : recommencez dans une heure."))
            status = 429
        else:
            request.session[SENT_TO] = form.cleaned_data["email"]
            return redirect(f"{reverse(page)}?envoye=1")
    return render(request, template, _context(request, form), status=status)


def _known(request):
    return {"email": request.user.email} if request.user.is_authenticated and not request.user.is_cas else {}


def _context(request, form):
    following = next_page(request)
    return {
        "form": form,
        "next": following,
        "cas_url": with_next(reverse("cas_login"), following),
        "login_url": with_next(reverse("login"), following),
        "forgotten_url": with_next(reverse("accounts:forgotten"), following),
        "create_url": with_next(reverse("accounts:create"), following),
    }


def _show_sent(request, page):
    """Show the one answer, whether an account exists or not; the address is what she typed herself."""
    context = {
        "email": request.session.get(SENT_TO, ""),
        "again_url": reverse(page),
        "subject": "account" if "create" in page else "password",
    }
    return render(request, "accounts/link_sent.html", context)
