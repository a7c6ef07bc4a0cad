"""Which questions some answers can make visible, and why the others never are.

A question has one condition, on one earlier question, whose own condition looks further back: along such a
chain no question is looked at twice. So a chain can hold exactly when each of its conditions can, alone.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from categories.questionnaire.definition import Piece, Question
from categories.questionnaire.enums import CONTROLLING, NO, YES, Operator, QuestionKind
from categories.questionnaire.lists import choices_of


class Obstacle(Enum):
    """Why a condition can never hold."""

    UNKNOWN = auto()
    ITSELF = auto()
    ELSEWHERE = auto()
    LATER = auto()
    CANNOT_CONTROL = auto()
    NOTHING_OFFERED = auto()
    NEVER_OFFERED = auto()
    ONLY_CHOICE = auto()
    NEVER_ASKED = auto()


@dataclass(frozen=True)
class Place:
    """A question or a piece, its block if it stands in one, and the questions its condition may look at."""

    thing: Question | Piece
    block: Question | None
    before: tuple[Question, ...]


def places(definition):
    """Return the Place of every question, those of blocks after their block, then of every piece."""
    found: list[Place] = []
    before: tuple[Question, ...] = ()
    for question in definition.questions:
        found.append(Place(question, None, before))
        if question.kind == QuestionKind.BLOCK:
            for rank, inner in enumerate(question.questions):
                found.append(Place(inner, question, (*before, *question.questions[:rank])))
        before = (*before, question)
    return found + [Place(piece, None, before) for piece in definition.pieces]


def answers_offered(question, offered):
    """Return the answers a condition may wait for; `offered` comes from `lists.offered_by`."""
    if question.kind == QuestionKind.YES_NO:
        return [YES, NO]
    return list(choices_of(question, offered)) if question.kind in CONTROLLING else []


def obstacles(definition, offered):
    """Return what can never be asked, and why: [(Place, Obstacle)], in the order of the form.

    What stands in a block that is never asked is not repeated. Names are supposed to be different.
    """
    found: list[tuple[Place, Obstacle]] = []
    everywhere = [place.thing for place in places(definition) if isinstance(place.thing, Question)]
    for place in places(definition):
        never = {one.thing.name for one, _why in found if isinstance(one.thing, Question)}
        if why := _obstacle(place, everywhere, never, offered):
            found.append((place, why))
    return found


def _obstacle(place, everywhere, never, offered):
    condition = place.thing.condition
    if condition is None:
        return None
    control = next((one for one in place.before if one.name == condition.question), None)
    if control is None:
        return _misplaced(place, everywhere)
    if control.kind not in CONTROLLING:
        return Obstacle.CANNOT_CONTROL
    if control.name in never:
        return Obstacle.NEVER_ASKED
    return _unanswerable(condition, answers_offered(control, offered))


def _misplaced(place, everywhere):
    name = place.thing.condition.question
    if isinstance(place.thing, Question) and name == place.thing.name:
        return Obstacle.ITSELF
    wanted: Any = next((one for one in everywhere if one.name == name), None)
    if wanted is None:
        return Obstacle.UNKNOWN
    if wanted is place.block:
        return Obstacle.CANNOT_CONTROL
    siblings = place.block.questions if place.block else ()
    inner = [one for block in everywhere for one in block.questions]
    return Obstacle.LATER if wanted in siblings or wanted not in inner else Obstacle.ELSEWHERE


def _unanswerable(condition, answers):
    if not answers:
        return Obstacle.NOTHING_OFFERED
    if condition.operator == Operator.ANSWERED:
        return None
    if condition.value not in answers:
        return Obstacle.NEVER_OFFERED
    is_alone = condition.operator == Operator.IS_NOT and set(answers) == {condition.value}
    return Obstacle.ONLY_CHOICE if is_alone else None
