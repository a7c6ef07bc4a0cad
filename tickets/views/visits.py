"""« Signets et historique »: the requests a person marked, and those she opened lately."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.redirects import safe_path
from tickets.models import Ticket
from tickets.services.visits import set_bookmark
from tickets.views.ticket import visible_ticket

BOOKMARKS_AT_MOST = 200
HISTORY_AT_MOST = 30


@dataclass(frozen=True)
class ShelfRow:
    """A request, the page it leads to and its status, as its reader knows them: as staff or as requester."""

    ticket: Ticket
    url: str
    label: str


@require_safe
def shelf(request):
    """Show the bookmarks, latest first, then the requests opened lately; what she may not see is gone."""
    seen = Ticket.objects.visible_to(request.user).filter(visits__person=request.user)
    seen = seen.select_related("category")
    marked = seen.filter(visits__bookmarked_at__isnull=False).order_by("-visits__bookmarked_at", "-pk")
    opened = seen.order_by("-visits__at", "-pk")
    handled = _handled_by(request.user)
    context = {
        "marked": [_row(ticket, handled) for ticket in marked[:BOOKMARKS_AT_MOST]],
        "opened": [_row(ticket, handled) for ticket in opened[:HISTORY_AT_MOST]],
    }
    return render(request, "tickets/shelf.html", context)


def _handled_by(user):
    """Return the keys of the requests she opened and reads as staff: they lead to the workbench."""
    if not user.is_staff:
        return set()
    return set(Ticket.objects.staffed_by(user).filter(visits__person=user).values_list("pk", flat=True))


def _row(ticket, handled):
    if ticket.pk in handled:
        url = reverse("admin:tickets_ticket_change", args=[ticket.pk])
        return ShelfRow(ticket, url, ticket.get_status_display().capitalize())
    return ShelfRow(ticket, ticket.get_absolute_url(), ticket.requester_status)


def bookmark(request, reference):
    """Put a bookmark on a request, or take it off, and go back to where she was."""
    ticket = visible_ticket(request.user, reference)  # first: what one may not see answers 404 to anything
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    is_on = request.POST.get("on") == "1"
    set_bookmark(request.user, ticket, is_on=is_on, now=timezone.now())
    messages.success(request, _("Signet posé.") if is_on else _("Signet retiré."))
    return HttpResponseRedirect(safe_path(request.POST.get("next")) or ticket.get_absolute_url())
