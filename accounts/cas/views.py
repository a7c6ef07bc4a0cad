"""The door of CAS: leave for the CAS server, come back with a ticket, be logged out by it."""

import logging

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_cas_ng.utils import get_service_url

from accounts.cas.backend import CASBackend, InactivePerson
from accounts.cas.http import cas_client, is_reachable
from accounts.cas.protocol import MAX_LOGOUT_CHARACTERS, CASUnavailable, MalformedLogout, read_logout
from accounts.cas.sessions import end_sessions, remember_ticket
from accounts.redirects import landing, next_page, with_next

logger = logging.getLogger(__name__)

BACKEND = "accounts.cas.backend.CASBackend"
# Percent-encoding makes a body up to three times longer than the XML it carries.
MAX_LOGOUT_BYTES = 3 * MAX_LOGOUT_CHARACTERS + 1024


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def cas_login(request):
    """GET: sign in through CAS, with or without a ticket. POST: the CAS server ends a session.

    The POST comes from the CAS server, which has no token of ours: hence csrf_exempt. It is harmless
    without the ticket, which is as secret as a session.
    """
    return _log_out_by_cas(request) if request.method == "POST" else _sign_in(request)


# --- in ---------------------------------------------------------------------------------------------------
def _sign_in(request):
    # Clean before anything else reads it: the same address must be given to CAS at both steps.
    following = landing(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(following)
    service = get_service_url(request, following)
    ticket = request.GET.get("ticket")
    if ticket is None:
        return _leave_for_cas(request, service)
    try:
        # Not through django.contrib.auth.authenticate: django-axes would count refused tickets as failures
        # without a name, and ten of them would shut CAS for everybody behind the same address.
        user = CASBackend().authenticate(request, ticket=ticket, service=service)
    except CASUnavailable:
        return _unavailable(request)
    except InactivePerson:
        return render(request, "accounts/cas_closed.html", status=403)
    if user is None:
        retry = with_next(request.path, next_page(request))
        return render(request, "accounts/cas_refused.html", {"retry_url": retry}, status=403)
    login(request, user, backend=BACKEND)
    remember_ticket(request, ticket)
    messages.success(request, _("Vous êtes connecté(e)."))
    return HttpResponseRedirect(following)


def _leave_for_cas(request, service):
    if not is_reachable():
        return _unavailable(request)
    return redirect(cas_client(service).get_login_url())


def _unavailable(request):
    """Say that CAS does not answer, keep where she was going, and offer the local login."""
    following = next_page(request)
    context = {
        "retry_url": with_next(request.path, following),
        "local_url": with_next(reverse("login"), following, adresse=1),
    }
    response = render(request, "accounts/cas_unavailable.html", context, status=503)
    response.headers["Retry-After"] = "60"
    return response


# --- out --------------------------------------------------------------------------------------------------
def _log_out_by_cas(request):
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    if size > MAX_LOGOUT_BYTES:
        return HttpResponseBadRequest()
    try:
        tickets = read_logout(request.POST.get("logoutRequest", ""))
    except MalformedLogout:
        return HttpResponseBadRequest()
    logger.info("CAS ended %d session(s)", end_sessions(tickets))
    return HttpResponse(status=204)
