"""The same move on several requests, each through the one function, and what came of it in words."""

import uuid
from collections import defaultdict

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tickets import typing_keys
from tickets.admin.addresses import list_query, list_url
from tickets.forms.bulk import BulkMoveForm
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket
from tickets.services.given import Given
from tickets.services.moving import apply_transition

# Beside the rows ticked: what the list showed of each request, « 12:3 15:7 » (how many events it had).
SHOWN = "vu"
# Said at once: a hundred reasons are not read.
_REASONS_AT_MOST = 5
_NAMED_AT_MOST = 10
# More than a page at a time is not a choice any more, and each move locks a row and writes mails.
AT_MOST = 100

_NAMES = {
    "take": gettext_lazy("Prise en charge"),
    "assign": gettext_lazy("Attribution"),
    "release": gettext_lazy("Libération"),
    "change_priority": gettext_lazy("Changement de priorité"),
    "move": gettext_lazy("Transfert"),
}


@admin.action(description=gettext_lazy("Prendre en charge"))
def take_selected(model_admin, request, tickets):
    """Take each request chosen."""
    return _move_selected(request, tickets, "take")


@admin.action(description=gettext_lazy("Confier"))
def assign_selected(model_admin, request, tickets):
    """Entrust each request chosen to a colleague."""
    return _move_selected(request, tickets, "assign")


@admin.action(description=gettext_lazy("Libérer"))
def release_selected(model_admin, request, tickets):
    """Free each request chosen."""
    return _move_selected(request, tickets, "release")


@admin.action(description=gettext_lazy("Changer la priorité"))
def weigh_selected(model_admin, request, tickets):
    """Give each request chosen another priority."""
    return _move_selected(request, tickets, "change_priority")


@admin.action(description=gettext_lazy("Transférer"))
def transfer_selected(model_admin, request, tickets):
    """Put each request chosen under another theme."""
    return _move_selected(request, tickets, "move")


ACTIONS = (take_selected, assign_selected, release_selected, weigh_selected, transfer_selected)


def _move_selected(request, tickets, name):
    """Make the move `name` on each request chosen, in the order of the keys; ask first what it asks.

    Returns the page that asks, or None once a report was made: Django then shows the list again.
    """
    chosen = list(_chosen(request, tickets).order_by("pk")[: AT_MOST + 1])
    if len(chosen) > AT_MOST:
        messages.error(request, _("Choisissez au plus %(count)d demandes à la fois.") % {"count": AT_MOST})
        return None
    move = TRANSITIONS[name]
    if not move.needs_page() or not chosen:
        seen = _events_shown(request.POST.get(SHOWN, ""))
        return _report(request, move, *_move_each(chosen, move, request.user, {}, seen=seen))
    is_answered = "answered" in request.POST
    form = BulkMoveForm(request.POST if is_answered else None, move=move, tickets=chosen)
    if not is_answered or not form.is_valid():
        return _asking_page(request, move, chosen, form)
    key = typing_keys.parse(request.POST.get("key"))
    return _report(request, move, *_move_each(chosen, move, request.user, form.answers, key))


def _chosen(request, tickets):
    """Return what was ticked that she may read; what left the view meanwhile is refused, not forgotten."""
    if request.POST.get("select_across") == "1":
        return tickets
    keys = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal() and len(key) <= 12]
    return Ticket.objects.staffed_by(request.user).filter(pk__in=keys)


def _events_shown(text):
    """Return how many events the list showed of each request, by key. What it did not show has no line."""
    pairs = (pair.partition(":") for pair in text.split()[:AT_MOST])
    return {int(pk): int(count) for pk, _colon, count in pairs if _is_number(pk) and _is_number(count)}


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) <= 12


def _move_each(chosen, move, user, answers, key=None, seen=None):
    done, refusals = 0, defaultdict(list)
    for ticket in chosen:
        # One key a request: a form sent twice does each move once.
        given = Given(
            **answers,
            key=uuid.uuid5(key, f"{user.pk}-{ticket.pk}") if key else None,
            seen=seen.get(ticket.pk) if seen else None,
        )
        try:
            apply_transition(ticket.pk, move.name, actor=user, given=given)
        except MoveRefusedError as refusal:
            refusals[str(refusal)].append(ticket.reference)
        else:
            done += 1
    return done, refusals


def _asking_page(request, move, chosen, form):
    context = admin.site.each_context(request) | {
        "title": move.label,
        "move": move,
        "form": form,
        "tickets": chosen,
        "action": request.POST.get("action"),
        "key": request.POST.get("key") or typing_keys.new_key(),
        "back_url": list_url(list_query(request.GET)),
    }
    return TemplateResponse(request, "gestion/bulk_move.html", context)


def _report(request, move, done, refusals):
    words = (
        ngettext("%(count)d faite", "%(count)d faites", done) % {"count": done} if done else _("aucune faite")
    )
    name = _NAMES[move.name]
    if not refusals:
        messages.success(request, _("%(move)s : %(done)s.") % {"move": name, "done": words})
        return
    refused = sum(map(len, refusals.values()))
    report = _("%(move)s : %(done)s, %(refused)s : %(reasons)s") % {
        "move": name,
        "done": words,
        "refused": ngettext("%(count)d refusée", "%(count)d refusées", refused) % {"count": refused},
        "reasons": " ".join(_reasons(refusals)),
    }
    messages.warning(request, report)


def _reasons(refusals):
    """Return the sentences of `refusals` with the requests each is about, the commonest first, and how many
    other requests there are.
    """
    ranked = sorted(refusals.items(), key=lambda pair: -len(pair[1]))
    shown, hidden = ranked[:_REASONS_AT_MOST], ranked[_REASONS_AT_MOST:]
    others = sum(len(references) for _sentence, references in hidden)
    more = [ngettext("Et %(count)d autre.", "Et %(count)d autres.", others) % {"count": others}]
    return [_reason(sentence, references) for sentence, references in shown] + (more if others else [])


def _reason(sentence, references):
    named, others = ", ".join(references[:_NAMED_AT_MOST]), len(references) - _NAMED_AT_MOST
    if others > 0:
        named = ngettext("%(named)s et %(count)d autre", "%(named)s et %(count)d autres", others) % {
            "named": named,
            "count": others,
        }
    return _("%(sentence)s (%(named)s)") % {"sentence": sentence, "named": named}
