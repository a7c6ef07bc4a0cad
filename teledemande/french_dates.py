"""Days and hours as people read them: « 1er décembre 2026 », « lundi 6 avril 2026, 22 h 30 », in Paris."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

PARIS = ZoneInfo("Europe/Paris")
HOUR = "G\u00a0\\h\u00a0i"


def day_words(moment: date) -> str:
    """Return the day without its name: « 1er décembre 2026 »."""
    return date_format(_local(moment), f"{_number(moment)} F Y")


def instant_words(moment: datetime, between: str = ", ") -> str:
    """Return the day with its name and the hour: « lundi 6 avril 2026, 22 h 30 »."""
    return f"{weekday_words(moment)}{between}{hour_words(moment)}"


def weekday_words(moment: date) -> str:
    """Return the day with its name: « lundi 6 avril 2026 »."""
    return date_format(_local(moment), f"l {_number(moment)} F Y")


def hour_words(moment: datetime) -> str:
    """Return the hour: « 22 h 30 »."""
    return date_format(_local(moment), HOUR)


def _number(moment: date) -> str:
    # Django's formats do not know that the first of a month is « 1er ».
    return "j\\e\\r" if _local(moment).day == 1 else "j"


def _local(moment: date) -> date:
    return timezone.localtime(moment, PARIS) if isinstance(moment, datetime) else moment
