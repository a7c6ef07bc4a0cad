"""Go on from an ended request: a new one, already begun."""

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from categories.models import Category
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.services.continuing import begin_follow_up
from tickets.views.ticket import visible_ticket
from tickets.views.typing import with_draft


def follow_up(request, reference):
    """Begin the request that follows this one, and go to its form; 404 for whoever is not its requester."""
    ticket = visible_ticket(request.user, reference)
    if ticket.requester_id != request.user.pk:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        draft = begin_follow_up(ticket, request.user)
    except MoveRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(ticket)
    except Category.DoesNotExist:
        messages.error(request, _("Ce thème ne reçoit plus de demandes : choisissez celui qui convient."))
        return redirect("categories:tree")
    return redirect(with_draft(reverse("tickets:write", args=[draft.category.slug]), draft.key))
