"""Solutions: what the software proposes from a request, what waits for a manager."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tickets.admin.actions import move_url
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Solution
from tickets.solutions.known import known_of
from tickets.solutions.scrubbing import as_text, scrubbed

PROPOSING, PUBLISHING, DECLINING = "publish_solution", "accept_solution", "decline_solution"
_QUESTION_AT_MOST = 200
# Whose words may be an answer to everybody: the last of these wins.
_ANSWERS = ("close", "comment", "ask")


def typed_already(ticket, move):
    """Return what the fields of `move` hold at first: the request without its persons, or the proposal."""
    if move.name == PROPOSING:
        question, answer = (as_text(pieces) for pieces in _drawn(ticket))
        return {"question": question[:_QUESTION_AT_MOST], "solution": answer}
    if move.name == PUBLISHING and (solution := ticket.solutions.pending().first()):
        return {"question": solution.question, "solution": solution.answer}
    return {}


def beside_form(ticket, move):
    """Return what the page of `move` shows beside its form: what was taken out, or what was proposed."""
    if move.name == PROPOSING:
        drawn = _drawn(ticket)
        return {"drawn": drawn, "is_scrubbed": any(piece.removed for pieces in drawn for piece in pieces)}
    if move.name in (PUBLISHING, DECLINING):
        return {"solution": ticket.solutions.pending().select_related("proposed_by").first()}
    return {}


def _drawn(ticket):
    """Return the subject and the last answer of staff, in pieces."""
    known = known_of(ticket)
    return [scrubbed(text, known) for text in (ticket.subject, _last_answer(ticket))]


def _last_answer(ticket):
    said = ticket.events.shared().filter(kind__in=_ANSWERS, message__isnull=False)
    theirs = said.exclude(actor=ticket.requester_id).with_content()
    closing = theirs.filter(kind="close").last() or theirs.last()
    return closing.words if closing else ""


def pending_of(ticket, entries):
    """Return the proposal that waits, or None; a request from which none was drawn costs no query."""
    if not any(entry.kind == PROPOSING for entry in entries):
        return None
    return ticket.solutions.pending().select_related("proposed_by").first()


def judging(ticket, moves):
    """Return the (label, address) of the moves that judge a proposal, if she may make them."""
    names = {move.name for move in moves} & {PUBLISHING, DECLINING}
    return [(TRANSITIONS[name].label, move_url(ticket, TRANSITIONS[name])) for name in sorted(names)]


@require_safe
def solutions(request):
    """Show a manager what waits for her: nothing of themes that are not hers."""
    rows = (
        Solution.objects.pending().managed_by(request.user).select_related("ticket__category", "proposed_by")
    )
    context = admin.site.each_context(request) | {"title": _("Solutions à valider"), "rows": list(rows)}
    return TemplateResponse(request, "gestion/solutions.html", context)


def count_pending(user):
    """Return how many solutions wait for `user`: for the first page."""
    return Solution.objects.pending().managed_by(user).count()
