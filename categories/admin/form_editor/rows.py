"""The questions and pieces of a form as the editor lists them."""

from dataclasses import dataclass, field

from categories.questionnaire.checking import PIECE, QUESTION, place_of
from categories.questionnaire.definition import Piece, Question
from categories.questionnaire.known import FILE_TYPES


@dataclass(frozen=True)
class ThingRow:
    """One question or piece: what it is, what is wrong with it, where it may go, its own questions."""

    thing: Question | Piece
    anchor: str
    faults: list[str]
    is_first: bool
    is_last: bool
    inner: list["ThingRow"] = field(default_factory=list)
    types: str = ""
    model: str = ""


def rows_of(definition, faults=(), models=()):
    """Return (the rows of the questions, those of the pieces). `models`: (identifier, name) pairs."""
    said: dict[str, list[str]] = {}
    for fault in faults:
        said.setdefault(fault.place, []).append(fault.sentence)
    return _level(definition.questions, said, {}), _level(definition.pieces, said, dict(models))


def anchor_of(place):
    """Return the anchor of a place on the page of the form: « question:nom » gives « question-nom »."""
    kind, _colon, name = place.partition(":")
    return f"{kind}-{name}" if kind in (QUESTION, PIECE) else ""


def _level(things, said, models):
    last = len(things) - 1
    return [
        ThingRow(
            thing=thing,
            anchor=anchor_of(place_of(thing)),
            faults=said.get(place_of(thing), []),
            is_first=rank == 0,
            is_last=rank == last,
            inner=_level(getattr(thing, "questions", ()), said, {}),
            types=_types(getattr(thing, "accepted", ())),
            model=models.get(getattr(thing, "model", ""), ""),
        )
        for rank, thing in enumerate(things)
    ]


def _types(accepted):
    groups = [str(label) for label, extensions in FILE_TYPES.values() if set(extensions) & set(accepted)]
    return ", ".join(groups)
