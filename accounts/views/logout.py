"""Leaving: here, and at the CAS server for those who came through it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.cas.http import cas_client, is_reachable
from accounts.cas.sessions import forget_ticket


@login_not_required
@never_cache
@require_POST
def log_out(request):
    """End the session; POST only, so that no image on another site can do it.

    Somebody of CAS goes on to the CAS server, which ends her other sessions and sends her back home; when
    it does not answer, she is told what remains open. A session that has already ended is no mistake: she
    wanted to leave.
    """
    is_cas = request.user.is_authenticated and request.user.is_cas
    if is_cas:
        forget_ticket(request)
    logout(request)
    home = resolve_url(settings.LOGOUT_REDIRECT_URL)
    if is_cas and is_reachable():
        messages.success(request, _("Vous êtes déconnecté(e)."))
        return HttpResponseRedirect(cas_client().get_logout_url(settings.SITE_URL + home))
    _say_what_is_closed(request, is_cas=is_cas)
    return HttpResponseRedirect(home)


def _say_what_is_closed(request, *, is_cas):
    if is_cas:
        messages.warning(
            request,
            _(
                "Vous êtes déconnecté(e) de Télé-demande, mais pas de votre compte AMU, qui ne répond pas : "
                "fermez le navigateur."
            ),
        )
    else:
        messages.success(request, _("Vous êtes déconnecté(e)."))
