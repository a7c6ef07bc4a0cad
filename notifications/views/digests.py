"""Stop a summary from the mail itself. Reading the page changes nothing: readers of mails open links."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.digests.leaving import read_token
from notifications.habits import switch


@csrf_exempt  # the reader of mails posts by itself (RFC 8058); the signed token says who, and only stops
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave_digest(request, token):
    """Ask whether the summaries are to stop; stop them on a POST."""
    named = read_token(token)
    if named is None:
        raise Http404
    person, kind = named
    is_done = request.method == "POST"
    if is_done:
        switch(person, kind.value, is_on=False)
    return render(request, "notifications/leave_digest.html", {"label": kind.label, "is_done": is_done})
