"""One request: its page and its moves."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from categories.appeals import appeal_notice
from tickets import typing_keys
from tickets.forms.moves import MoveForm
from tickets.lifecycle.enums import Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import BY_SLUG, TRANSITIONS, moves_open_to
from tickets.links import shown_links
from tickets.missing_items import effect_words, next_step_of, notices_of
from tickets.models import Draft, Ticket
from tickets.presentation import facts_of
from tickets.services.continuing import may_continue
from tickets.services.visits import note_visit
from tickets.services.withdrawing import WITHDRAW
from tickets.shown_status import hide_questions_on_their_way
from tickets.timeline import files_of, offer_withdrawal, shared_entries, with_joined
from tickets.views.moving import MovePage, keep_for
from tickets.views.typing import keeps_typing, with_draft

# What a requester may do in place; the others have a button and a page.
_IN_PLACE = ("answer", "comment")


def visible_ticket(user, reference):
    """Return the request of that reference if `user` may see it; 404 otherwise, whether it exists or not."""
    ticket = Ticket.objects.visible_to(user).by_reference(reference).with_answers().first()
    if ticket is None:
        raise Http404
    hide_questions_on_their_way([ticket])
    return ticket


@require_safe
def show(request, reference):
    """Show a request as its requester sees it."""
    ticket = visible_ticket(request.user, reference)
    standing = standing_of(request.user, ticket)
    offered = moves_open_to(standing.on_her_side, ticket)
    moves = {move.name: move for move in offered}
    writing = next((moves[name] for name in _IN_PLACE if name in moves), None)
    entries = shared_entries(ticket, request.user)
    told = with_joined(ticket, request.user, entries)
    if WITHDRAW in moves:
        address = reverse("tickets:move", args=[ticket.reference, moves[WITHDRAW].slug])
        offer_withdrawal(ticket, told, request.user, address)
    notices = notices_of(ticket, entries, is_due=True)
    supplier = request.user if notices else None
    drafts = Draft.objects.filter(owner=request.user, ticket=ticket).order_by("-updated_at", "pk")[:3]
    context = {
        "ticket": ticket,
        "entries": told,
        "files": files_of(told),
        "links": shown_links(ticket, request.user, entries),
        "facts": facts_of(ticket, entries[0].files if entries else []),
        "next_step": next_step_of(ticket, entries),
        "notices": notices,
        "effect": effect_words(ticket) if notices else "",
        "joined_to": _joined_to(ticket, request.user),
        "moves": moves,
        "writing": writing,
        "form": MoveForm(move=writing, ticket=ticket, supplier=supplier) if writing else None,
        "key": typing_keys.sign(typing_keys.new_key(), request.user),
        "drafts": [(TRANSITIONS[draft.move].label, _draft_url(ticket, draft)) for draft in drafts],
        "is_mine": standing.is_requester,
        "visit": note_visit(request.user, ticket, timezone.now()),
        "may_continue": may_continue(ticket, request.user, timezone.now()),
        "is_guest": standing.is_participant,
        "guests": _guests(ticket, request.user) if standing.is_requester else [],
        "appeals": appeal_notice(ticket.category.recourse) if ticket.status == Status.REFUSED else (),
        "handles": standing.role is not None,
    }
    return render(request, "tickets/ticket.html", context)


def _joined_to(ticket, user):
    """Return the request this one is followed with, if `user` sees it by herself: joining opens nothing."""
    if ticket.merged_into_id is None:
        return None
    return Ticket.objects.visible_to(user).filter(pk=ticket.merged_into_id).first()


def _guests(ticket, user):
    """Return who is invited, each with the key of the form that removes her."""
    guests = list(ticket.participants.current())
    for guest in guests:
        guest.key = typing_keys.sign(typing_keys.new_key(), user)
    return guests


def _draft_url(ticket, draft):
    return with_draft(f"{ticket.get_absolute_url()}{TRANSITIONS[draft.move].slug}/", draft.key)


def _keep(request, owner, key, *, reference, slug):
    ticket = Ticket.objects.visible_to(owner).by_reference(reference).first()
    return ticket is not None and slug in BY_SLUG and keep_for(owner, request, key, ticket, BY_SLUG[slug])


class RequesterMovePage(MovePage):
    """The page of a move, on the requester's side."""

    def supplier(self):
        """Return the reader: what is expected of the requester comes from here."""
        return self.request.user


@keeps_typing(_keep)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, reference, slug):
    """Serve one move of a request on the requester's side. Staff's moves are in the admin: 404 here."""
    ticket = visible_ticket(request.user, reference)
    asked = BY_SLUG.get(slug)
    standing = standing_of(request.user, ticket)
    if asked is None or asked.who is None or not asked.who(standing.on_her_side):
        raise Http404
    # Once she has left, its page is a 404 for her.
    done_url = reverse("tickets:dashboard") if asked.name == "leave" else ticket.get_absolute_url()
    context = {"next_step": next_step_of(ticket)}
    return RequesterMovePage(request, ticket, asked, "tickets/move.html", done_url, context).serve()
