"""Horizontal bars: one group a line, whose label is written above it."""

from dataclasses import dataclass
from typing import ClassVar

from tickets.statistics.drawing import WIDTH, scaled, shortened

_BAR, _GAP, _LABEL, _VALUE = 9, 9, 16, 40
_LONGEST_LABEL = 46
# Beyond, a picture is a wall: the table below holds the rest.
MOST_LINES = 12


@dataclass(frozen=True)
class Bar:
    """One bar and the figure at its end."""

    y: int
    width: int
    words: str
    series: int

    @property
    def value_x(self):
        """Where the figure is written."""
        return self.width + 5

    @property
    def value_y(self):
        """The line the figure stands on."""
        return self.y + _BAR - 1


@dataclass(frozen=True)
class Group:
    """A label and the bars below it."""

    label: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Bars:
    """A picture of horizontal bars: `series` names what each bar of a group is."""

    series: list[str]
    groups: list[Group]
    height: int
    left_out: int = 0
    width: int = WIDTH
    bar_height: int = _BAR
    template: ClassVar[str] = "gestion/drawings/_bars.html"

    @property
    def words(self):
        """The picture in a sentence, for who does not see it."""
        return " ; ".join(
            f"{group.label} : "
            + ", ".join(
                f"{name} {bar.words}".strip() for bar, name in zip(group.bars, self.series, strict=True)
            )
            for group in self.groups
        )


def draw_bars(series, values, *, say=str):
    """Return the Bars of `values`, (label, [one number a series]) pairs; `say` writes a number."""
    shown = values[:MOST_LINES]
    highest = max((number for _label, numbers in shown for number in numbers), default=0)
    groups, y = [], 0
    for label, numbers in shown:
        bars = [
            Bar(y + _LABEL + rank * (_BAR + 2), scaled(number, highest, WIDTH - _VALUE), say(number), rank)
            for rank, number in enumerate(numbers)
        ]
        groups.append(Group(shortened(label, _LONGEST_LABEL), y + _LABEL - 5, bars))
        y += _LABEL + len(numbers) * (_BAR + 2) + _GAP
    return Bars(series, groups, max(y - _GAP, 1), left_out=len(values) - len(shown))
