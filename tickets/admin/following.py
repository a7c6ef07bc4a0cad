"""The button that follows a request."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets.models import Ticket
from tickets.services.following import follow, unfollow


@require_POST
def follow_request(request, pk):
    """Follow the request, or stop (`stop`). 404 for whoever does not read it as staff."""
    ticket = Ticket.objects.staffed_by(request.user).filter(pk=pk).first()
    if ticket is None:
        raise Http404
    if "stop" in request.POST:
        unfollow(ticket, request.user)
        messages.success(request, _("Vous ne suivez plus cette demande."))
    else:
        follow(ticket, request.user)
        messages.success(request, _("Vous suivez cette demande : vous serez prévenu(e) de chaque étape."))
    return redirect("admin:tickets_ticket_change", ticket.pk)
