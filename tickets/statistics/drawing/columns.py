"""Time from left to right: columns, or lines where there would be too many of them."""

from dataclasses import dataclass
from typing import ClassVar

from tickets.statistics.drawing import WIDTH, scaled

_TOP, _PLOT, _FOOT = 14, 120, 18
_NARROWEST = 4
_MARK_ROOM = 48


@dataclass(frozen=True)
class Column:
    """One column."""

    x: int
    y: int
    width: int
    height: int
    series: int


@dataclass(frozen=True)
class Curve:
    """One line, from period to period."""

    points: str
    series: int


@dataclass(frozen=True)
class Mark:
    """A name at the foot of the picture."""

    x: int
    words: str


@dataclass(frozen=True)
class Columns:
    """A picture of values in time: `series` names each value of a period."""

    series: list[str]
    columns: list[Column]
    curves: list[Curve]
    marks: list[Mark]
    highest: str
    words: str
    width: int = WIDTH
    height: int = _TOP + _PLOT + _FOOT
    top: int = _TOP
    base: int = _TOP + _PLOT
    foot: int = _TOP + _PLOT + _FOOT - 5
    highest_y: int = _TOP - 4
    left_out: int = 0
    template: ClassVar[str] = "gestion/drawings/_columns.html"

    @property
    def middle(self):
        """The height of half the highest value."""
        return (self.top + self.base) // 2


def draw_columns(series, values, *, say=str):
    """Return the Columns of `values`, (mark, label, [one number a series]); `say` writes a number."""
    table = [[number or 0 for number in numbers] for _mark, _label, numbers in values]
    highest = max((number for numbers in table for number in numbers), default=0)
    room = WIDTH / max(len(values), 1)
    is_dense = room < _NARROWEST * (len(series) + 1)
    return Columns(
        series,
        [] if is_dense else _columns(table, highest, room),
        _curves(table, highest, room, len(series)) if is_dense else [],
        _marks([mark for mark, _label, _numbers in values], room),
        highest=say(highest),
        words=_words(series, values, say),
    )


def _columns(table, highest, room):
    width = max(1, min(40, int(room * 0.8 / max(len(table[0]), 1)))) if table else 1
    return [
        Column(
            x=round(place * room) + rank * width,
            y=_TOP + _PLOT - scaled(number, highest, _PLOT),
            width=max(1, width - 2),
            height=scaled(number, highest, _PLOT),
            series=rank,
        )
        for place, numbers in enumerate(table)
        for rank, number in enumerate(numbers)
    ]


def _curves(table, highest, room, count):
    return [
        Curve(
            " ".join(
                f"{round((place + 0.5) * room)},{_TOP + _PLOT - scaled(numbers[rank], highest, _PLOT)}"
                for place, numbers in enumerate(table)
            ),
            rank,
        )
        for rank in range(count)
    ]


def _marks(names, room):
    every = max(1, -(-_MARK_ROOM // max(1, int(room))))
    # The last ones would be cut by the edge.
    shown = [(place, name) for place, name in enumerate(names) if place % every == 0]
    return [
        Mark(round(place * room), name) for place, name in shown if place * room <= WIDTH - _MARK_ROOM + 8
    ]


def _words(series, values, say):
    """Say the highest point of each series: the table holds the rest."""
    said = []
    for rank, name in enumerate(series):
        top = max(values, key=lambda value: value[2][rank] or 0, default=None)
        if top is not None:
            said.append(f"{name} : {say(top[2][rank] or 0)} ({top[1]})")
    return " ; ".join(said)
