"""Working days: Monday to Friday, less the eleven national holidays (code du travail, L3133-1)."""

from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
_A_DAY = timedelta(days=1)


def is_worked(day: date) -> bool:
    """Whether the offices are open on `day`."""
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in _movable(day.year)


def worked_from(day: date, number: int) -> list[date]:
    """Return the first `number` working days from `day` on."""
    days: list[date] = []
    while len(days) < number:
        if is_worked(day):
            days.append(day)
        day += _A_DAY
    return days


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


def _movable(year: int) -> set[date]:
    easter = _easter(year)
    return {easter + timedelta(days=days) for days in _AFTER_EASTER}


def _easter(year: int) -> date:
    """Return Easter Sunday (Gregorian calendar, Butcher's rule, 1876)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
