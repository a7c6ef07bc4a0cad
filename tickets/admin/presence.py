"""« Untel rédige une réponse » : asked by the page of a request every few seconds."""

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from categories.enums import RoleKind
from tickets.models import Ticket
from tickets.presence import REPEATED_EVERY, Doing, say_here


def presence_context(standing):
    """Return what a page needs to ask, for somebody who stands so."""
    return {"says_presence": standing.has(RoleKind.HANDLER), "presence_seconds": REPEATED_EVERY}


@require_POST
def presence(request, object_id):
    """Say that she is here, and return who else is, as JSON: for those who handle the request only."""
    ticket = Ticket.objects.staffed_by(request.user, RoleKind.HANDLER).filter(pk=object_id).only("pk").first()
    if ticket is None:
        raise Http404
    doing = Doing.WRITING if request.POST.get("doing") == Doing.WRITING else Doing.READING
    return JsonResponse({"here": [sign.words for sign in say_here(ticket, request.user, doing)]})
