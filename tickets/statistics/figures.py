"""What a figure is: a table, perhaps a picture above it, and how each value is said and exported."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HOUR, _DAY = 3600, 86400
# More lines than that and the table waits folded under its picture.
_LONG = 10
NOTHING = "–"
NOTHING_TO_COUNT = gettext_lazy("Rien à compter pour ces dates et ces filtres.")


class Kind(Enum):
    """What a column holds."""

    NUMBER = "number"
    TEXT = "text"
    DURATION = "duration"  # in seconds
    MINUTES = "minutes"
    SHARE = "share"  # in percent


_UNITS = {
    Kind.DURATION: gettext_lazy("%(label)s (jours)"),
    Kind.MINUTES: gettext_lazy("%(label)s (minutes)"),
    Kind.SHARE: gettext_lazy("%(label)s (%%)"),
}


@dataclass(frozen=True)
class Column:
    """One column: its heading and what it holds."""

    label: Any
    kind: Kind = Kind.NUMBER

    @property
    def is_text(self):
        """Whether it holds words, which stand at the start of their cell."""
        return self.kind == Kind.TEXT

    @property
    def heading(self):
        """The heading in a sheet, unit included: what stands in the cells is a bare number."""
        unit = _UNITS.get(self.kind)
        return str(self.label) if unit is None else str(unit) % {"label": self.label}

    def words(self, value):
        """Return what the page shows of a value; None is not known."""
        if value is None:
            return NOTHING
        return _SAID[self.kind](value)

    def plain(self, value):
        """Return what a sheet holds of a value: a number in the unit of the heading, words, or None."""
        if value is None or self.kind == Kind.TEXT:
            return value
        return round(value / _DAY, 3) if self.kind == Kind.DURATION else round(value, 2)


@dataclass(frozen=True)
class Line:
    """One line: its name, a value for each column, perhaps where its name leads."""

    label: str
    cells: list
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A line as the page shows it."""

    label: str
    cells: list[tuple[str, bool]]
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure: what it counts, the table, the picture. Without a line, `empty` says why."""

    slug: str
    title: Any
    first: Any
    columns: list[Column]
    lines: list[Line]
    total: Line | None = None
    drawing: Any = None
    note: Any = ""
    empty: Any = NOTHING_TO_COUNT

    @property
    def rows(self):
        """The lines, said."""
        return [self._row(line) for line in self.lines]

    @property
    def total_row(self):
        """The total, said, or None."""
        return self._row(self.total) if self.total else None

    @property
    def is_long(self):
        """Whether the table is better folded: a picture says the same above it."""
        return self.drawing is not None and len(self.lines) > _LONG

    @property
    def sheet(self):
        """The rows of a spreadsheet, headings first."""
        lines = [*self.lines, self.total] if self.total and self.lines else self.lines
        return [
            [str(self.first), *(column.heading for column in self.columns)],
            *([line.label, *map(Column.plain, self.columns, line.cells)] for line in lines),
        ]

    def _row(self, line):
        cells = [
            (column.words(cell), column.is_text)
            for column, cell in zip(self.columns, line.cells, strict=True)
        ]
        return Row(line.label, cells, line.url)


def duration_words(seconds):
    """Return a duration as people say it: « 25 min », « 5 h 20 », « 3,2 j »."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if seconds < 2 * _DAY:
        return _("%(hours)d h %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(days)s j") % {"days": number_format(round(seconds / _DAY, 1), 1)}


def share(number, whole):
    """Return the share of `number` in `whole`, in percent, or None of nothing."""
    return 100 * number / whole if whole else None


_SAID = {
    Kind.NUMBER: lambda value: number_format(value, force_grouping=True),
    Kind.TEXT: str,
    Kind.DURATION: duration_words,
    Kind.MINUTES: lambda value: duration_words(60 * value),
    Kind.SHARE: lambda value: _("%(share)s %%") % {"share": number_format(round(value))},
}
