"""Days the offices are open, and what moves because they are closed."""

from datetime import date

import pytest

from tickets.clock.working_days import is_worked, worked_after, worked_before, worked_from

# The eleven of 2026 and the three that move, in years where Easter is early, late, or on the edge.
HOLIDAYS = [
    *(date(2026, month, day) for month, day in [(1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25)]),
    *(date(2026, month, day) for month, day in [(7, 14), (11, 11), (12, 25)]),
    *(date(2008, month, day) for month, day in [(3, 24), (5, 1), (5, 12)]),
    *(date(2038, month, day) for month, day in [(4, 26), (6, 3), (6, 14)]),
    date(2024, 4, 1),
    date(2049, 4, 19),
    date(2076, 4, 20),
]


@pytest.mark.parametrize("day", HOLIDAYS, ids=str)
def test_offices_are_closed_on_holidays(day):
    assert day.weekday() < 5
    assert not is_worked(day)


def test_year_has_so_many_working_days():
    days = worked_from(date(2026, 1, 1), 252)

    assert (days[0], days[-1]) == (date(2026, 1, 2), date(2026, 12, 31))


def test_day_off_is_left_on_either_side():
    saturday, easter_monday = date(2026, 4, 4), date(2026, 4, 6)

    assert (worked_before(saturday), worked_after(saturday)) == (date(2026, 4, 3), date(2026, 4, 7))
    assert (worked_before(easter_monday), worked_after(easter_monday)) == (date(2026, 4, 3), date(2026, 4, 7))
    assert worked_before(date(2026, 4, 7)) == worked_after(date(2026, 4, 7)) == date(2026, 4, 7)
