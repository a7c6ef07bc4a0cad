"""How long an answer waits before it leaves, so that whoever sent it may take it back."""

from datetime import datetime, timedelta
from typing import Final

USUAL_SECONDS: Final = 15
# From none to ten times the usual time, for whoever needs longer to read or to click (WCAG 2.2.1).
CHOICES_SECONDS: Final = (0, 15, 30, 60, 150)
# A click of the last second still arrives; then the answer leaves, once nobody may hold it back any more.
_ARRIVES: Final = timedelta(seconds=1)
_LEAVES: Final = timedelta(seconds=2)


def held_until(sent_at: datetime, promised: timedelta) -> datetime:
    """Return when an answer sent at `sent_at` leaves, if its author was promised that long."""
    return sent_at + promised + _LEAVES


def may_be_taken_back(until: datetime, now: datetime) -> bool:
    """Whether an answer that leaves at `until` may still be taken back at `now`."""
    return now < until - _LEAVES + _ARRIVES


def seconds_left(until: datetime, now: datetime) -> int:
    """Return how many whole seconds are left to take it back, as people are told."""
    return max(0, int((until - _LEAVES - now).total_seconds()))
