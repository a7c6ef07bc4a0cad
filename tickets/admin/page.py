"""What the page of one request shows to staff. Every read is here, none in the template."""

from django.utils.translation import gettext as _

from categories.absences import absence_of
from tickets import typing_keys
from tickets.admin.actions import IN_PLACE, actions_of, move_url
from tickets.admin.by_mail import answer_by_mail
from tickets.admin.columns import display_of
from tickets.admin.presence import presence_context
from tickets.admin.publishing import judging, pending_of
from tickets.admin.same_person import others_of
from tickets.admin.taking_back import answers_to_take_back
from tickets.admin.tools import tools_of
from tickets.durations import duration_words
from tickets.forms.moves import MoveForm
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.links import staff_links
from tickets.missing_items import notices_of
from tickets.models import Draft
from tickets.presentation import facts_of
from tickets.services.withdrawing import WITHDRAW
from tickets.timeline import files_of, offer_withdrawal, staff_entries, with_joined
from tickets.views.typing import with_draft


def page_context(ticket, user):
    """Return the context of the page of `ticket`, which `user` reads as staff."""
    standing = standing_of(user, ticket)
    moves = moves_open_to(standing, ticket)
    entries = staff_entries(ticket, user)
    told = with_joined(ticket, user, entries, is_staff=True)
    if any(move.name == WITHDRAW for move in moves):
        offer_withdrawal(ticket, told, user, move_url(ticket, TRANSITIONS[WITHDRAW]))
    return {
        "title": f"{ticket.reference} – {ticket.subject}",
        "ticket": ticket,
        "is_followed": ticket.follows.filter(user=user).exists(),
        "absence": absence_of(ticket.assignee),
        "status_label": ticket.get_status_display().capitalize(),
        "actions": actions_of(ticket, moves, standing, user),
        "writings": [_writing(ticket, move, user) for move in moves if move.name in IN_PLACE],
        "entries": told,
        "files": files_of(told),
        "links": staff_links(ticket, user, entries),
        "solution": pending_of(ticket, entries),
        "judging": judging(ticket, moves),
        "unlink": _unlink(ticket, moves, user),
        "facts": facts_of(ticket, entries[0].files if entries else []),
        "notices": notices_of(ticket, entries),
        "drafts": _drafts(ticket, user),
        "reach": next((move_url(ticket, move) for move in moves if move.name == "reach"), ""),
        "by_mail": answer_by_mail(ticket, user, moves, entries),
        "held": answers_to_take_back(ticket, user, standing, entries),
        "others": others_of(ticket, user, may_join=any(move.name == "merge" for move in moves)),
        # In which form each kind of message may be quoted.
        "quotes": [move.name for move in moves if move.name in IN_PLACE],
        **presence_context(standing),
        "has_shortcuts": display_of(user).has_shortcuts,
        "seen": ticket.event_count,
        "time_spent": duration_words(ticket.minutes_spent) if ticket.minutes_spent else "",
    }


def _writing(ticket, move, user):
    return {
        "move": move,
        "url": move_url(ticket, move),
        "form": MoveForm(move=move, ticket=ticket, auto_id=f"{move.name}-%s"),
        "key": typing_keys.sign(typing_keys.new_key(), user),
        "tools": tools_of(ticket, move, user),
        "button": _("Enregistrer la note") if move.words_are_internal else _("Envoyer au demandeur"),
    }


def _unlink(ticket, moves, user):
    """Return the form that undoes a link, if she may: its address, and a key."""
    move = next((move for move in moves if move.name == "unlink"), None)
    if move is None:
        return None
    return {"url": move_url(ticket, move), "key": typing_keys.sign(typing_keys.new_key(), user)}


def _drafts(ticket, user):
    drafts = Draft.objects.filter(owner=user, ticket=ticket).order_by("-updated_at", "pk")[:3]
    return [
        (TRANSITIONS[draft.move].label, with_draft(move_url(ticket, TRANSITIONS[draft.move]), draft.key))
        for draft in drafts
    ]
