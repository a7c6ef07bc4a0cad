"""What the page of one request shows to staff. Every read is here, none in the template."""

from django.urls import reverse
from django.utils.translation import gettext as _

from categories.absences import absence_of
from tickets import typing_keys
from tickets.forms.moves import MoveForm
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import Draft, Ticket
from tickets.presentation import facts_of
from tickets.timeline import staff_entries
from tickets.views.typing import with_draft

# Written in place, below the timeline; the others have a button.
_IN_PLACE = ("comment", "note")
# The act expected of the person, shown as the one full button; the first that is open wins.
_EXPECTED = {True: ("close",), False: ("take",)}
_OTHERS_SHOWN = 6


def page_context(ticket, user):
    """Return the context of the page of `ticket`, which `user` reads as staff."""
    standing = standing_of(user, ticket)
    moves = moves_open_to(standing, ticket)
    entries = staff_entries(ticket, user)
    return {
        "title": f"{ticket.reference} – {ticket.subject}",
        "ticket": ticket,
        "is_followed": ticket.follows.filter(user=user).exists(),
        "absence": absence_of(ticket.assignee),
        "status_label": ticket.get_status_display().capitalize(),
        "buttons": _buttons(ticket, moves, standing, user),
        "writings": [_writing(ticket, move, user) for move in moves if move.name in _IN_PLACE],
        "entries": entries,
        "files": [file for entry in entries for file in entry.files],
        "facts": facts_of(ticket, entries[0].files if entries else []),
        "drafts": _drafts(ticket, user),
        "others": _others(ticket, user),
    }


def move_url(ticket, move):
    """Return the address of `move` on `ticket`."""
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, move.slug])


def _buttons(ticket, moves, standing, user):
    expected = _EXPECTED[standing.is_assignee]
    return [
        {
            "move": move,
            "url": move_url(ticket, move),
            "key": "" if move.needs_page() else typing_keys.sign(typing_keys.new_key(), user),
            "is_expected": move.name in expected,
            "is_grave": move.name == "refuse",
        }
        for move in moves
        if move.name not in _IN_PLACE
    ]


def _writing(ticket, move, user):
    return {
        "move": move,
        "url": move_url(ticket, move),
        "form": MoveForm(move=move, ticket=ticket, auto_id=f"{move.name}-%s"),
        "key": typing_keys.sign(typing_keys.new_key(), user),
        "button": _("Enregistrer la note") if move.words_are_internal else _("Envoyer au demandeur"),
    }


def _drafts(ticket, user):
    drafts = Draft.objects.filter(owner=user, ticket=ticket).order_by("-updated_at", "pk")[:3]
    return [
        (TRANSITIONS[draft.move].label, with_draft(move_url(ticket, TRANSITIONS[draft.move]), draft.key))
        for draft in drafts
    ]


def _others(ticket, user):
    """The other requests of the same person that this reader may see: never the whole of her life."""
    others = Ticket.objects.staffed_by(user).filter(requester=ticket.requester_id).exclude(pk=ticket.pk)
    return list(others.order_by("-submitted_at", "-pk")[:_OTHERS_SHOWN])
