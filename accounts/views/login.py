"""The page « Connexion »: CAS first, an e-mail address and a password below."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.login import LoginForm
from accounts.redirects import landing, next_page, with_next
from accounts.throttling import Locked, MustWait, locked_out
from accounts.views.proof import patience_words, prove

BACKEND = "accounts.backends.LocalBackend"


def login_context(request, form):
    """Return what the login page shows: its form, and doors that keep `next`."""
    following = next_page(request)
    return {
        "form": form,
        "next": following,
        "cas_url": with_next(reverse("cas_login"), following),
        "create_url": with_next(reverse("accounts:create"), following),
        "forgotten_url": with_next(reverse("accounts:forgotten"), following),
        "is_open": form.is_bound or "adresse" in request.GET,
    }


@method_decorator((login_not_required, never_cache, sensitive_post_parameters("password")), name="dispatch")
class LoginView(View):
    """Show both doors; open the local one."""

    def get(self, request):
        """Show the page, or go on if she is signed in."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(landing(request))
        return self._show(request, LoginForm())

    def post(self, request):
        """Try an address and a password."""
        form = LoginForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        try:
            user = prove(request, email, password)
        except Locked:
            return locked_out(request)
        except MustWait as refusal:
            form.add_error(None, patience_words(refusal.seconds))
            return self._show(request, form, status=429, retry_after=refusal.seconds)
        if user is None:
            form.add_error(None, _("Adresse électronique ou mot de passe incorrect."))
            return self._show(request, form)
        return self._enter(request, user)

    def _enter(self, request, user):
        login(request, user, backend=BACKEND)
        messages.success(request, _("Vous êtes connecté(e)."))
        return HttpResponseRedirect(landing(request))

    def _show(self, request, form, status=200, retry_after=None):
        response = render(request, "accounts/login.html", login_context(request, form), status=status)
        if retry_after:
            response.headers["Retry-After"] = str(retry_after)
        return response


log_in = LoginView.as_view()
