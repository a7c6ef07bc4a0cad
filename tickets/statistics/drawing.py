"""Where the bars of a picture stand. Whole numbers only: a drawing does not understand a decimal comma."""

from dataclasses import dataclass

WIDTH = 360
_BAR, _GAP, _LABEL, _VALUE = 9, 9, 16, 40
_LONGEST_LABEL = 46


@dataclass(frozen=True)
class Bar:
    """One bar and the figure at its end."""

    y: int
    width: int
    value: int
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
class Row:
    """A label and the bars below it."""

    label: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Drawing:
    """A picture of horizontal bars: `series` names what each bar of a row is."""

    slug: str
    title: str
    series: list[str]
    rows: list[Row]
    height: int
    width: int = WIDTH
    bar_height: int = _BAR

    @property
    def words(self):
        """The picture in a sentence, for who does not see it."""
        return " ; ".join(
            f"{row.label} : "
            + ", ".join(f"{bar.value} {name}" for bar, name in zip(row.bars, self.series, strict=True))
            for row in self.rows
        )


def draw(slug, title, series, values):
    """Return the Drawing of `values`, (label, [one number a series]) pairs."""
    highest = max((number for _label, numbers in values for number in numbers), default=0)
    rows, y = [], 0
    for label, numbers in values:
        bars = [
            Bar(
                y=y + _LABEL + index * (_BAR + 2),
                width=_width(number, highest),
                value=number,
                series=index,
            )
            for index, number in enumerate(numbers)
        ]
        rows.append(Row(label=_short(label), y=y + _LABEL - 5, bars=bars))
        y += _LABEL + len(numbers) * (_BAR + 2) + _GAP
    return Drawing(slug=slug, title=title, series=series, rows=rows, height=max(y - _GAP, 1))


def _width(number, highest):
    return 0 if not highest else max(1 if number else 0, round(number * (WIDTH - _VALUE) / highest))


def _short(label):
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
