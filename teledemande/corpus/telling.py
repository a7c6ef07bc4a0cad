"""A story as the table of moves would have it: who acted, what each move changed, where the request ends.

It imitates `tickets.services.moving` without a database; tests/teledemande/corpus replays what comes out of
it with the real table, the real predicates and the real constraints.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from accounts.models import User
from teledemande.corpus.plots import COLLEAGUE, HANDLER, MANAGER, REQUESTER, SYSTEM, Step
from teledemande.corpus.themes import Theme
from tickets.lifecycle.enums import FINAL, Outcome, Status
from tickets.lifecycle.transitions import REACTIONS, SILENT, TRANSITIONS

_OUTCOMES = (Outcome.ACCEPTED, Outcome.PARTLY_ACCEPTED, Outcome.INFORMED, Outcome.POINTLESS)
_OUTCOME_WEIGHTS = (6, 1, 3, 1)


@dataclass(frozen=True)
class Act:
    """One move made: by whom (None: Télé-demande), when, and the request before and after."""

    move: str
    actor: User | None
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def is_internal(self) -> bool:
        """Whether staff alone reads it."""
        return self.move == "note"


@dataclass
class Tale:
    """Where the request is while its story is told."""

    cast: dict[str, User | None]
    status: str = Status.SUBMITTED
    assignee: User | None = None
    outcome: str = ""
    closed_at: datetime | None = None
    ended_at: datetime | None = None
    acts: list[Act] = field(default_factory=list)

    @property
    def last_speaker(self) -> User | None:
        """Who said the last thing the requester reads."""
        said = [act.actor for act in self.acts if not act.is_internal and act.move not in SILENT]
        return said[-1] if said else None

    @property
    def reacted_at(self) -> datetime | None:
        """When staff first showed the requester that they look after it."""
        strangers = (None, self.cast[REQUESTER])
        found = (act.at for act in self.acts if act.move in REACTIONS and act.actor not in strangers)
        return next(found, None)

    def watched(self) -> dict[str, Any]:
        """Return what events remember of the request."""
        pk = self.assignee.pk if self.assignee else None
        return {"status": str(self.status), "assignee_id": pk, "outcome": str(self.outcome)}


def cast_of(rng: Random, requester: User, theme: Theme) -> dict[str, User | None]:
    """Return who plays each part: two handlers of the team, its manager."""
    handler, colleague = rng.sample([one for one in theme.handlers if one != theme.manager], 2)
    return {
        REQUESTER: requester,
        HANDLER: handler,
        COLLEAGUE: colleague,
        MANAGER: theme.manager,
        SYSTEM: None,
    }


def tell(steps: list[Step], cast: dict[str, User | None], *, filed: dict[str, Any], rng: Random) -> Tale:
    """Return the story told to its end. `filed` is what the event of filing remembers.

    Raises ValueError when the table allows no such move there.
    """
    tale = Tale(cast)
    tale.acts = [Act("submit", cast[REQUESTER], steps[0].at, {}, filed)]
    tale.acts += list(_moves(tale, steps[1:], rng))
    return tale


def _moves(tale: Tale, steps: list[Step], rng: Random) -> Iterator[Act]:
    for step in steps:
        if not TRANSITIONS[step.move].starts_from(tale.status):
            raise ValueError(f"{step.move} ne part pas de {tale.status}")
        actor, before = tale.cast[step.part], tale.watched()
        _change(tale, step, actor, rng)
        _date(tale, step.at)
        yield Act(step.move, actor, step.at, before, tale.watched())


def _change(tale: Tale, step: Step, actor: User | None, rng: Random) -> None:
    tale.status = TRANSITIONS[step.move].target or tale.status
    match step.move:
        case "take":
            _give(tale, actor)
        case "assign":
            _give(tale, tale.cast[COLLEAGUE if step.part == HANDLER else HANDLER])
        case "release":
            tale.assignee = None
        case "close":
            tale.outcome = str(rng.choices(_OUTCOMES, _OUTCOME_WEIGHTS)[0])
        case "contest":
            tale.outcome = ""


def _give(tale: Tale, person: User | None) -> None:
    tale.assignee = person
    if tale.status == Status.SUBMITTED:
        tale.status = Status.IN_PROGRESS


def _date(tale: Tale, at: datetime) -> None:
    if tale.status == Status.CLOSED:
        tale.closed_at = tale.closed_at or at
    elif tale.status not in FINAL:
        tale.closed_at = None
    tale.ended_at = (tale.ended_at or at) if tale.status in FINAL else None
