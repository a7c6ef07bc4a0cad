"""Reading a request by the link of an invitation, without an account. Nothing is done here."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts.views.links import keep_quiet
from tickets.guest_links import guest_of
from tickets.missing_items import next_step_of
from tickets.models import Ticket
from tickets.presentation import facts_of
from tickets.shown_status import hide_questions_on_their_way
from tickets.timeline import files_of, shared_entries


@login_not_required
@never_cache
@sensitive_variables("token")
@require_safe
def read(request, token):
    """Show the request the link opens; 404 once the link is too old or the person no longer invited.

    Whoever has logged in and sees the request with her account is sent to its page.
    """
    guest = guest_of(token)
    if guest is None:
        raise Http404
    ticket = Ticket.objects.with_answers().get(pk=guest.ticket_id)
    if Ticket.objects.visible_to(request.user).filter(pk=ticket.pk).exists():
        return keep_quiet(HttpResponseRedirect(ticket.get_absolute_url()))
    return keep_quiet(render(request, "tickets/guest.html", _context(ticket, guest)))


def _context(ticket, guest):
    hide_questions_on_their_way([ticket])
    entries = shared_entries(ticket, AnonymousUser())
    files = [_named(file) for file in files_of(entries)]
    facts = facts_of(ticket, entries[0].files if entries else [])
    # A link may be sent on: what is sensitive and the files ask for an account.
    facts.answers[:] = [row for row in facts.answers if not row.is_sensitive]
    facts.pieces[:] = [one for one in facts.pieces if not one.piece.is_sensitive]
    return {
        "ticket": ticket,
        "email": guest.email,
        "entries": entries,
        "files": files,
        "facts": facts,
        "next_step": next_step_of(ticket, entries),
    }


def _named(file):
    """Leave the name of `file` without its content."""
    file.is_open, file.url, file.preview_url = False, "", ""
    return file
