"""« Signets et historique »: the requests a person marked, and those she opened lately."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.redirects import safe_path
from tickets.models import Ticket
from tickets.services.visits import set_bookmark
from tickets.views.ticket import visible_ticket

BOOKMARKS_AT_MOST = 200
HISTORY_AT_MOST = 30


@require_safe
def shelf(request):
    """Show the bookmarks, latest first, then the requests opened lately; what she may not see is gone."""
    seen = Ticket.objects.visible_to(request.user).filter(visits__person=request.user)
    seen = seen.select_related("category")
    marked = seen.filter(visits__bookmarked_at__isnull=False).order_by("-visits__bookmarked_at", "-pk")
    context = {
        "marked": marked[:BOOKMARKS_AT_MOST],
        "opened": seen.order_by("-visits__at", "-pk")[:HISTORY_AT_MOST],
    }
    return render(request, "tickets/shelf.html", context)


def bookmark(request, reference):
    """Put a bookmark on a request, or take it off, and go back to where she was."""
    ticket = visible_ticket(request.user, reference)  # first: what one may not see answers 404 to anything
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    is_on = request.POST.get("on") == "1"
    set_bookmark(request.user, ticket, is_on=is_on, now=timezone.now())
    messages.success(request, _("Signet posé.") if is_on else _("Signet retiré."))
    return HttpResponseRedirect(safe_path(request.POST.get("next")) or ticket.get_absolute_url())
