"""A heat map: the more a cell is marked, the greater its number."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from tickets.statistics.drawing import WIDTH, shortened
from tickets.statistics.drawing.bars import MOST_LINES
from tickets.statistics.drawing.columns import Mark

LEVELS = 5
_CELL, _HEAD = 16, 16
_MARK_ROOM = 34


@dataclass(frozen=True)
class Cell:
    """One cell: where, how marked (0 to LEVELS), what it says when pointed at."""

    x: int
    y: int
    level: int
    words: str


@dataclass(frozen=True)
class Name:
    """The name of a line."""

    y: int
    words: str


@dataclass(frozen=True)
class Grid:
    """A picture of numbers crossed by lines and columns."""

    names: list[Name]
    marks: list[Mark]
    cells: list[Cell]
    cell_width: int
    height: int
    words: str
    left_out: int = 0
    width: int = WIDTH
    cell_height: int = _CELL - 2
    head: int = _HEAD - 5
    series: tuple = ()
    template: ClassVar[str] = "gestion/drawings/_grid.html"


def draw_grid(names, columns, numbers, *, room):
    """Return the Grid of `numbers`, one list a name; `columns` are (mark, label) pairs.

    `room` is the width left for names.
    """
    shown = names[:MOST_LINES]
    highest = max((number for line in numbers[: len(shown)] for number in line), default=0)
    step = max(2, (WIDTH - room) // max(len(columns), 1))
    cells = [
        Cell(
            room + rank * step, _HEAD + place * _CELL, _level(number, highest), f"{name}, {label} : {number}"
        )
        for place, (name, line) in enumerate(zip(shown, numbers, strict=False))
        for rank, ((_mark, label), number) in enumerate(zip(columns, line, strict=True))
    ]
    every = ceil(_MARK_ROOM / step)
    return Grid(
        [Name(_HEAD + place * _CELL + 11, shortened(name, room // 6)) for place, name in enumerate(shown)],
        [
            Mark(room + place * step, mark)
            for place, (mark, _label) in enumerate(columns)
            if place % every == 0
        ],
        cells,
        cell_width=max(1, step - 1),
        height=_HEAD + len(shown) * _CELL,
        words=_highest(cells),
        left_out=len(names) - len(shown),
    )


def _level(number, highest):
    return ceil(LEVELS * number / highest) if number else 0


def _highest(cells):
    return " ; ".join(cell.words for cell in cells if cell.level == LEVELS)
