"""The dates of a case on one scale: what is due, what runs, what is suspended, a line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from tickets.clock.deadlines import Deadlines
from tickets.clock.facts import Case
from tickets.clock.silence import Silence, Span, union_of
from tickets.statistics.drawing import WIDTH
from tickets.statistics.drawing.columns import Mark

_LINE: Final = 34
_LABEL: Final = 13
_BAR: Final = 9
_FOOT: Final = 22
_MARK_ROOM: Final = 48
_THINNEST: Final = 2
_A_DAY: Final = timedelta(days=1)
# As in the other pictures: full for what runs, hollow for what is due, dashed for what waits.
_FULL, _HOLLOW, _DASHED = range(3)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    spans: tuple[Span, ...]
    series: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days on the scale."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A name, and its days below it."""

    label: str
    label_y: int
    bar_y: int
    series: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of spans of days, one line a kind, above the first days of months."""

    rows: tuple[DrawnRow, ...]
    marks: tuple[Mark, ...]
    height: int
    words: str
    width: int = WIDTH
    bar_height: int = _BAR
    template: ClassVar[str] = "gestion/drawings/_timeline.html"

    @property
    def base(self) -> int:
        """Where the line of months is drawn."""
        return self.height - _FOOT

    @property
    def foot(self) -> int:
        """The line the names of months stand on."""
        return self.height - 6


def draw_timeline(case: Case, found: Deadlines) -> Timeline:
    """Return the Timeline of a case, from its reception to the last of its dates."""
    rows = list(_rows(case, found))
    first = min(span.first for row in rows for span in row.spans)
    last = max(span.last for row in rows for span in row.spans)
    scale = _Scale(first, (last - first).days + 1)
    return Timeline(
        rows=tuple(scale.drawn(row, rank) for rank, row in enumerate(rows)),
        marks=tuple(scale.marks()),
        height=len(rows) * _LINE + _FOOT,
        words=" ; ".join(row.label for row in rows),
    )


# --- what is drawn -----------------------------------------------------------------------------------------
def _rows(case: Case, found: Deadlines) -> Iterator[_Row]:
    received_on, silence = case.received_on, found.silence
    yield _due(_("Accusé d’enregistrement : jusqu’au %(day)s"), received_on, found.registration_due_on)
    yield _due(_("Accusé de réception : jusqu’au %(day)s"), received_on, found.acknowledgement_due_on)
    if waited := _waited(case, silence):
        yield _Row(_("Pièces demandées : %(days)s") % {"days": _said(waited)}, tuple(waited), _DASHED)
    if silence.starts_on is not None and silence.last_day is not None:
        label = _("Délai de réponse : du %(first)s au %(last)s")
        yield _running(label, silence.starts_on, silence.last_day)
        if found.appeal_last_day is not None:
            label = _("Recours : du %(first)s au %(last)s")
            yield _running(label, silence.last_day + _A_DAY, found.appeal_last_day)


def _due(label: str, since: date, until: date) -> _Row:
    return _Row(label % {"day": _short(until)}, (Span(since, until),), _HOLLOW)


def _running(label: str, since: date, until: date) -> _Row:
    return _Row(label % {"first": _short(since), "last": _short(until)}, (Span(since, until),), _FULL)


def _waited(case: Case, silence: Silence) -> list[Span]:
    """Return the days items were waited for: those suspended, or to the last item received."""
    if not case.restarts:
        return list(silence.suspended)
    received = [notice for notice in silence.counted if notice.produced_on is not None]
    return union_of([Span(one.sent_on, one.produced_on or one.sent_on) for one in received])


def _said(spans: list[Span]) -> str:
    """Say one span by its days, several by their ends."""
    return f"{_short(spans[0].first)} – {_short(spans[-1].last)}"


def _short(day: date) -> str:
    return f"{day:%d/%m/%Y}"


# --- where it is drawn -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int

    def drawn(self, row: _Row, rank: int) -> DrawnRow:
        top = rank * _LINE
        return DrawnRow(
            row.label,
            top + _LABEL,
            top + _LABEL + 6,
            row.series,
            tuple(self._bar(span) for span in row.spans),
        )

    def marks(self) -> Iterator[Mark]:
        """Give the first days of months, as many as have room."""
        months = [day for day in map(self._day, range(self.days)) if day.day == 1]
        step = max(1, -(-len(months) * _MARK_ROOM // WIDTH))
        for day in months[::step]:
            if self._x(day) <= WIDTH - _MARK_ROOM:
                yield Mark(self._x(day), f"{day:%m/%Y}")

    def _bar(self, span: Span) -> Bar:
        x = min(self._x(span.first), WIDTH - _THINNEST)
        return Bar(x, max(_THINNEST, self._x(span.last + _A_DAY) - x))

    def _x(self, day: date) -> int:
        return (day - self.first).days * WIDTH // self.days

    def _day(self, number: int) -> date:
        return self.first + timedelta(days=number)
