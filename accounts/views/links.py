"""The pages single-use links open. Opening one changes nothing: mail scanners open links too."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.forms.passwords import PasswordForm
from accounts.models import LinkPurpose, User
from accounts.redirects import landing, next_page, with_next
from accounts.services import AlreadyRegistered, LinkUnusable, choose_password, live_link, register

BACKEND = "accounts.backends.LocalBackend"
# The token never leaves in a Referer, not even towards our own logs. Not `no-referrer`: browsers then send
# « Origin: null » with the form (Fetch standard, § 3.1), which Django's CSRF protection refuses.
REFERRER_POLICY = "strict-origin"


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request, token):
    """Prove an address and choose the first password of its account."""
    return keep_quiet(_password_page(request, token, LinkPurpose.ACTIVATE, register))


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request, token):
    """Choose another password."""
    return keep_quiet(_password_page(request, token, LinkPurpose.PASSWORD, choose_password))


def keep_quiet(response):
    """Return `response`, the page of a link, which tells the token to no other page."""
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response


@sensitive_variables()
def _password_page(request, token, purpose, use):
    try:
        link = live_link(token, purpose)
        person = link.user or User(email=link.email, first_name=link.first_name, last_name=link.last_name)
        form = PasswordForm(request.POST if request.method == "POST" else None, person=person)
        if form.is_valid():
            user = use(token, password=form.cleaned_data["password"])
            return _enter(request, user, purpose)
    except LinkUnusable:
        return _show_unusable(request, purpose)
    except AlreadyRegistered:
        return _show_registered(request)
    return _show(request, form, person, purpose)


def _show(request, form, person, purpose):
    is_new = purpose == LinkPurpose.ACTIVATE
    context = {
        "form": form,
        "person": person,
        "is_new": is_new,
        "title": _("Choisissez votre mot de passe") if is_new else _("Choisissez un nouveau mot de passe"),
        "button": _("Créer mon compte") if is_new else _("Changer le mot de passe"),
        "next": next_page(request),
    }
    return render(request, "accounts/choose_password.html", context)


def _enter(request, user, purpose):
    login(request, user, backend=BACKEND)
    is_new = purpose == LinkPurpose.ACTIVATE
    if is_new:
        words = _("Votre compte est créé et vous êtes connecté(e).")
    else:
        words = _("Votre mot de passe est changé et vous êtes connecté(e).")
    messages.success(request, words)
    return HttpResponseRedirect(landing(request))


def _show_unusable(request, purpose):
    is_new = purpose == LinkPurpose.ACTIVATE
    page = reverse("accounts:create" if is_new else "accounts:forgotten")
    following = next_page(request)
    context = {"again_url": with_next(page, following), "login_url": with_next(reverse("login"), following)}
    return render(request, "accounts/link_unusable.html", context, status=410)


def _show_registered(request):
    messages.info(request, _("Votre compte existe déjà : connectez-vous avec votre mot de passe."))
    return HttpResponseRedirect(with_next(reverse("login"), next_page(request)))
