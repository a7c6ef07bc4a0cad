"""Propose what a request taught to the frequent questions; publish it, or set it aside: parts of moves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from categories.faq.services import save_entry
from categories.models import FaqEntry
from tickets.lifecycle.refusals import (
    AlreadyProposedError,
    MoveRefusedError,
    NotProposedError,
    PersonalDataError,
)
from tickets.models import Solution, SolutionState, Ticket
from tickets.services.given import Given
from tickets.solutions.known import known_of
from tickets.solutions.scrubbing import MASKS, found_in


def solution_changes(
    name: str, ticket: Ticket, actor: User | None, given: Given, now: datetime
) -> dict[str, Any]:
    """Write what the move `name` changes of the proposal drawn from the locked `ticket`.

    Returns what the event keeps of it. Raises AlreadyProposedError, NotProposedError, PersonalDataError;
    MoveRefusedError for a wording the frequent questions refuse.
    """
    change = _CHANGES.get(name)
    return change(ticket, actor, given, now) if change and actor else {}


def _propose(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    if ticket.solutions.pending().exists():
        raise AlreadyProposedError
    _check_nobody_is_in(ticket, given)
    Solution.objects.create(
        ticket=ticket, question=given.question, answer=given.solution, proposed_by=actor, proposed_at=now
    )
    return {"question": given.question, "proposed_by_id": actor.pk}


def _accept(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    solution = _pending(ticket)
    _check_nobody_is_in(ticket, given)
    entry = FaqEntry(title=given.question, body=given.solution)
    try:
        save_entry(entry, themes=[ticket.category])
    except ValidationError as refusal:
        raise MoveRefusedError(" ".join(refusal.messages)) from refusal
    solution.question, solution.answer, solution.entry = given.question, given.solution, entry
    _judge(solution, SolutionState.PUBLISHED)
    ticket.links.get_or_create(entry=entry, defaults={"by": actor, "at": now})
    return {"question": given.question, "proposed_by_id": solution.proposed_by_id}


def _decline(ticket: Ticket, actor: User, given: Given, now: datetime) -> dict[str, Any]:
    solution = _pending(ticket)
    _judge(solution, SolutionState.DECLINED)
    return {"question": solution.question, "proposed_by_id": solution.proposed_by_id}


def _pending(ticket: Ticket) -> Solution:
    solution = ticket.solutions.pending().first()
    if solution is None:
        raise NotProposedError
    return solution


def _judge(solution: Solution, state: SolutionState) -> None:
    solution.state = state
    solution.save(update_fields=["state", "question", "answer", "entry"])


def _check_nobody_is_in(ticket: Ticket, given: Given) -> None:
    """Refuse a text that still holds something of a person, or the mark of what was taken out."""
    known, texts = known_of(ticket), (given.question, given.solution)
    left = [one.words for text in texts for one in found_in(text, known)]
    left += [str(mask) for mask in MASKS.values() if any(str(mask) in text for text in texts)]
    if left:
        words = ", ".join(_("« %(words)s »") % {"words": one} for one in dict.fromkeys(left))
        raise PersonalDataError(
            _("Votre texte dit encore quelque chose d’une personne : %(words)s. Remplacez-le.")
            % {"words": words}
        )


_CHANGES: Final[dict[str, Callable[[Ticket, User, Given, datetime], dict[str, Any]]]] = {
    "publish_solution": _propose,
    "accept_solution": _accept,
    "decline_solution": _decline,
}
