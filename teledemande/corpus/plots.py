"""What happens to a request: the moves of its life, by whom, and how long each takes.

Only plots whose every move is in the table of the lifecycle are played: a move that does not exist yet is
not told, one that is added is told as soon as a plot here names it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from teledemande.corpus.hours import free_instant, office_instant
from tickets.lifecycle.transitions import TRANSITIONS

REQUESTER, HANDLER, COLLEAGUE, MANAGER, SYSTEM = "R", "H", "C", "M", "S"

# How often, and the story: who makes each move. A move the present has not reached is left for later, which
# is how requests come to be free, in progress, waiting or closed.
_PLOTS = (
    (30, "submit:R take:H close:H approve:R"),
    (12, "submit:R take:H ask:H answer:R close:H approve:R"),
    (6, "submit:R take:H comment:H comment:R close:H approve:R"),
    (5, "submit:R take:H note:H close:H approve:R"),
    (4, "submit:R assign:M close:H approve:R"),
    (4, "submit:R take:H assign:H note:C ask:C answer:R close:C approve:R"),
    (3, "submit:R take:H release:H take:C close:C approve:R"),
    (4, "submit:R take:H close:H contest:R comment:H close:H approve:R"),
    (3, "submit:R comment:R take:H ask:H answer:R ask:H answer:R note:H close:H approve:R"),
    (1, "submit:R take:H" + " comment:R comment:H note:H" * 5 + " close:H approve:R"),
    (6, "submit:R take:H refuse:H"),
    (3, "submit:R take:H ask:H answer:R refuse:H"),
    (4, "submit:R withdraw:R"),
    (2, "submit:R take:H ask:H withdraw:R"),
    (9, "submit:R take:H close:H expire:S"),
    (4, "submit:R take:H ask:H answer:R close:H expire:S"),
)
_DAYS = {
    **{"take": 2.0, "assign": 1.0, "ask": 1.0, "answer": 3.0, "comment": 2.0, "note": 0.6, "release": 2.0},
    **{"close": 3.5, "refuse": 5.0, "approve": 2.0, "contest": 3.0, "withdraw": 3.0},
}
_SPREAD = 0.8  # of the logarithm of a delay
_LONGEST_DAYS = 40.0
# The requester has fifteen days to say what she thinks of the closing.
_LONGEST = {"approve": 14.0, "contest": 14.0}
_EXPIRY_DAYS = 15
_FORGOTTEN = 0.02  # stories that stop in the middle: the late requests of the workbench


@dataclass(frozen=True)
class Step:
    """One move of a story: its name, the part that makes it (REQUESTER, HANDLER …), when."""

    move: str
    part: str
    at: datetime


@cache
def _playable() -> tuple[list[list[tuple[str, str]]], list[int]]:
    stories = [
        ([(step[:-2], step[-1]) for step in told.split()], weight)
        for weight, told in _PLOTS
        if all(step[:-2] in TRANSITIONS for step in told.split())
    ]
    return [story for story, _weight in stories], [weight for _story, weight in stories]


def draw_plot(rng: Random, filed_at: datetime, *, until: datetime) -> list[Step]:
    """Return the steps, from the filing at `filed_at`, that took place before `until`."""
    stories, weights = _playable()
    moves = rng.choices(stories, weights)[0]
    if rng.random() < _FORGOTTEN:
        moves = moves[: rng.randint(1, len(moves))]
    steps = [Step("submit", REQUESTER, filed_at)]
    for move, part in moves[1:]:
        at = _next_instant(rng, move, part, steps[-1].at)
        if at >= until:
            break
        steps.append(Step(move, part, at))
    return steps


def _next_instant(rng: Random, move: str, part: str, after: datetime) -> datetime:
    if part == SYSTEM:
        return after + timedelta(days=_EXPIRY_DAYS)
    days = min(_DAYS[move] * rng.lognormvariate(0, _SPREAD), _LONGEST.get(move, _LONGEST_DAYS))
    return (free_instant if part == REQUESTER else office_instant)(rng, after, days)
