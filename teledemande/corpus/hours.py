"""When things happen: requesters write mostly by day, staff works in the office hours of Paris."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from teledemande.paris import PARIS

DAYS = 730
_OPENS, _CLOSES = 8 * 60 + 30, 17 * 60 + 30  # minutes of the day
_EVENING = 22 * 60
# How much is filed: by month (start of term, examinations, summer), by day of the week.
_MONTHS = (1.1, 1.0, 0.9, 0.8, 0.8, 1.1, 1.0, 0.4, 1.9, 1.5, 1.0, 0.7)
_WEEKDAYS = (1.3, 1.2, 1.1, 1.1, 0.9, 0.2, 0.2)
_IN_OFFICE_HOURS = 0.8


def filing_instants(rng: Random, count: int, *, until: date) -> list[datetime]:
    """Return `count` instants in order, within the `DAYS` days that end before the day `until`."""
    days = [until - timedelta(days=ago) for ago in range(DAYS, 0, -1)]
    cumulative = list(accumulate(_MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in days))
    drawn = (days[min(bisect(cumulative, rng.random() * cumulative[-1]), DAYS - 1)] for _one in range(count))
    return sorted(_instant(day, _filing_minute(rng, day), rng) for day in drawn)


def office_instant(rng: Random, after: datetime, days: float) -> datetime:
    """Return an instant of the office hours about `days` days after `after`, always later than it."""
    target = (after + timedelta(days=days)).astimezone(PARIS)
    day, minute = target.date(), target.hour * 60 + target.minute
    if days >= 1:
        minute = rng.randint(_OPENS, _CLOSES)
    if minute > _CLOSES:
        day, minute = day + timedelta(days=1), _OPENS + rng.randint(0, 60)
    while day.weekday() > 4:
        day, minute = day + timedelta(days=1), _OPENS + rng.randint(0, 60)
    return max(_instant(day, max(minute, _OPENS), rng), after + timedelta(seconds=1))


def free_instant(rng: Random, after: datetime, days: float) -> datetime:
    """Return an instant when a requester writes, about `days` days after `after`, always later than it."""
    day = (after + timedelta(days=days)).astimezone(PARIS).date()
    return max(_instant(day, _filing_minute(rng, day), rng), after + timedelta(minutes=rng.randint(5, 90)))


def _filing_minute(rng: Random, day: date) -> int:
    if day.weekday() < 5 and rng.random() < _IN_OFFICE_HOURS:
        return rng.randint(_OPENS, _CLOSES)
    return rng.randint(_OPENS, _EVENING)


def _instant(day: date, minute: int, rng: Random) -> datetime:
    clock = time(minute // 60, minute % 60, rng.randrange(60), tzinfo=PARIS)
    return datetime.combine(day, clock).astimezone(UTC)
