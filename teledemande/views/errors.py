"""Failure pages: calm, saying what is kept, with a reference to quote."""

import logging
import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve

from tickets import typing_keys

logger = logging.getLogger(__name__)


@login_not_required
def csrf_failure(request, reason=""):
    """Answer a form whose token is missing or old: nothing was changed.

    Logging in elsewhere renews the token of the forms already open. When such a form bears a signed key, what
    was typed goes to its draft, as if the session had expired.
    """
    match = request.resolver_match or resolve(request.path_info)
    if hasattr(match.func, "rescue") and typing_keys.read(request.POST.get("key")) is not None:
        return match.func.rescue(request, **match.kwargs)
    return render(request, "403_csrf.html", status=403)


@login_not_required
def bad_request(request, exception=None):
    """Answer 400, or 413 when the request was larger than any form of ours."""
    too_big = type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent"}
    template, status = ("413.html", 413) if too_big else ("400.html", 400)
    return HttpResponse(render_to_string(template), status=status)


@login_not_required
def server_error(request):
    """Answer 500 with a reference that the log has too. Uses no database."""
    reference = secrets.token_hex(4).upper()
    logger.error("page failed, reference %s", reference)
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
