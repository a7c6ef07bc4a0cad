"""When silence becomes a decision (CRPA, L231-1 to L231-4), and what missing items do to it (L114-5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from categories.delays import months_after
from tickets.clock.facts import (
    ACCEPTANCE,
    ARE_SENT,
    COMPLETE_FILE,
    NO_RULE,
    Case,
    Notice,
)

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Silence:
    """How a silence runs. Days of Paris.

    `base_on`: the day the delay is first opened, `starts_on`: the day it is counted from in the end (None
    while it does not run), `last_day`: the last day to answer (None when no date runs). `suspended`: spans
    apart, oldest first. `counted` and `ignored`: the notices that bear on it, and those sent once all was
    decided.
    """

    base_on: date | None
    starts_on: date | None
    last_day: date | None
    suspended: tuple[Span, ...] = ()
    counted: tuple[Notice, ...] = ()
    ignored: tuple[Notice, ...] = ()

    @property
    def implicit_from(self) -> date | None:
        """The day that begins with the implicit decision, at 00:00 in Paris."""
        return None if self.last_day is None else self.last_day + _A_DAY

    @property
    def suspended_days(self) -> int:
        """How many days the delay was suspended, each counted once."""
        return sum(span.days for span in self.suspended)


def silence_of(case: Case) -> Silence:
    """Return how the silence runs for `case`; never a date without a rule, or before what starts the delay.

    `months` run from date to date, to the last day of a shorter month, and are not moved for days off. Under
    acceptance, and when a complete file starts the delay, it is counted from the last item required; under
    refusal it is suspended, in days (L114-5). Raises OverflowError or ValueError past the year 9999.
    """
    base_on = _base_of(case)
    if case.rule == NO_RULE or case.months is None or base_on is None:
        return Silence(base_on, None, None)
    notices = sorted(case.notices, key=_by_sending)
    return (_restarted if case.restarts else _suspended)(base_on, case.months, notices)


def _base_of(case: Case) -> date | None:
    """Return the day that opens the delay, or None while it has not come.

    A request passed on: from the administration first seized for a refusal, from the competent one for an
    acceptance (L114-3).
    """
    if case.start_event == ARE_SENT:
        return case.are_sent_on
    received_on = case.received_on if case.rule == ACCEPTANCE else case.earliest_on
    if case.start_event == COMPLETE_FILE and case.completed_on is not None:
        return max(received_on, case.completed_on)
    return received_on


def _by_sending(notice: Notice) -> date:
    return notice.sent_on


def _restarted(base_on: date, months: int, notices: list[Notice]) -> Silence:
    """Count the delay from the last item required; while one is missing no date runs."""
    starts_on: date | None = base_on
    last_day: date | None = months_after(base_on, months)
    counted, ignored = [], []
    for notice in notices:
        if last_day is not None and notice.sent_on > last_day:
            ignored.append(notice)
            continue
        counted.append(notice)
        starts_on = _later(starts_on, notice.produced_on)
        last_day = None if starts_on is None else months_after(starts_on, months)
    return Silence(base_on, starts_on, last_day, (), tuple(counted), tuple(ignored))


def _later(starts_on: date | None, produced_on: date | None) -> date | None:
    return None if starts_on is None or produced_on is None else max(starts_on, produced_on)


def _suspended(base_on: date, months: int, notices: list[Notice]) -> Silence:
    """Add to the delay the days it was suspended."""
    unmoved = months_after(base_on, months)
    spans: list[Span] = []
    counted, ignored, last_day = [], [], unmoved
    for notice in notices:
        if notice.sent_on > last_day:
            ignored.append(notice)
            continue
        counted.append(notice)
        spans = union_of([*spans, *_days_of(notice, base_on)])
        last_day = unmoved + timedelta(days=sum(span.days for span in spans))
    return Silence(base_on, base_on, last_day, tuple(spans), tuple(counted), tuple(ignored))


def _days_of(notice: Notice, base_on: date) -> Iterator[Span]:
    """Give the days `notice` suspends: to the items or to its deadline, and none before the delay runs."""
    end = notice.deadline_on if notice.produced_on is None else min(notice.produced_on, notice.deadline_on)
    if end >= base_on:
        yield Span(max(notice.sent_on, base_on), end)


def union_of(spans: list[Span]) -> list[Span]:
    """Return the same days in as few spans as there may be, oldest first: each day once."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: one.first):
        if merged and span.first <= merged[-1].last + _A_DAY:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged
