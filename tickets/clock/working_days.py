"""Working days: Monday to Friday, less the eleven national holidays (code du travail, L3133-1).

The days particular to Alsace-Moselle and overseas are no national holidays; closing weeks of the university
are working days all the same.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
_AFTER_EASTER: Final = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
_A_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def is_holiday(day: date) -> bool:
    """Whether `day` is a national holiday, be it a Sunday."""
    return (day.month, day.day) in _FIXED or day in _movable(day.year)


def is_worked(day: date) -> bool:
    """Whether the offices are open on `day`."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def worked_from(day: date, number: int) -> list[date]:
    """Return the first `number` working days from `day` on."""
    days: list[date] = []
    while len(days) < number:
        if is_worked(day):
            days.append(day)
        day += _A_DAY
    return days


def working_days_after(day: date, number: int) -> date:
    """Return the day that ends a delay of `number` working days opened on `day`, which is not counted.

    Raises ValueError unless `number` is at least one.
    """
    if number < 1:
        raise ValueError("A delay lasts one working day at least.")
    return worked_from(day + _A_DAY, number)[-1]


def worked_before(day: date) -> date:
    """Return `day`, or the last working day before it."""
    while not is_worked(day):
        day -= _A_DAY
    return day


def worked_after(day: date) -> date:
    """Return `day`, or the first working day after it."""
    while not is_worked(day):
        day += _A_DAY
    return day


@lru_cache(maxsize=512)
def _movable(year: int) -> frozenset[date]:
    easter = _easter(year)
    return frozenset(easter + timedelta(days=days) for days in _AFTER_EASTER)


def _easter(year: int) -> date:
    """Return Easter Sunday (Gregorian calendar, Butcher's rule, 1876)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
