"""The legal day: the calendar day in Paris. No setting, no clock, nothing of Django."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")


def paris_day(instant: datetime) -> date:
    """Return the calendar day in Paris of an aware `instant`, whatever its offset, summer time included.

    Raises ValueError when the instant has no offset: it would be read in the zone of the machine.
    """
    if instant.tzinfo is None:
        raise ValueError("The instant has no offset.")
    return instant.astimezone(PARIS).date()
