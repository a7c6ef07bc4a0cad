"""Legal months, and the last day of a silence."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the day with the same number `months` months later, or the last of that month without it.

    A delay in months runs from date to date; it is not moved for holidays: it binds the administration.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
