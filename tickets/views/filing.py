"""File a request: information screen and theme first, confirmation last."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.services import set_filing_intro
from categories.views.finder import tree_context
from tickets.models import Ticket


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Show the information screen, or the tree to somebody who has seen enough of it."""
    if request.method == "POST":
        if request.POST.get("hide"):
            set_filing_intro(request.user, hidden=True)
        return redirect(f"{reverse('tickets:new')}?etape=theme")
    if request.user.hides_filing_intro or request.GET.get("etape") == "theme":
        return render(request, "tickets/choose.html", tree_context(request) | {"step": 2})
    return render(request, "tickets/intro.html", {"step": 1})


@require_safe
def filed(request, reference):
    """Confirm: the reference, the date, what happens next."""
    mine = Ticket.objects.visible_to(request.user).filter(requester=request.user)
    ticket = mine.by_reference(reference).with_people().first()
    if ticket is None:
        raise Http404
    return render(request, "tickets/filed.html", {"ticket": ticket, "step": 5})
