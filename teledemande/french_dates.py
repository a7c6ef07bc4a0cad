"""Days and hours as people read them, in Paris, in the language of the page.

« 1er décembre 2026 » and « lundi 6 avril 2026, 22 h 30 »; “1 December 2026” and “Monday 6 April 2026, 22:30”.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from teledemande.languages import is_french
from teledemande.paris import PARIS

FRENCH_HOUR = "G\u00a0\\h\u00a0i"
ENGLISH_HOUR = "H:i"


def day_words(moment: date) -> str:
    """Return the day without its name: « 1er décembre 2026 »."""
    return date_format(_local(moment), f"{_number(moment)} F Y")


def instant_words(moment: datetime) -> str:
    """Return the day with its name and the hour: « lundi 6 avril 2026, 22 h 30 »."""
    return f"{weekday_words(moment)}, {hour_words(moment)}"


def weekday_words(moment: date) -> str:
    """Return the day with its name: « lundi 6 avril 2026 »."""
    return date_format(_local(moment), f"l {_number(moment)} F Y")


def hour_words(moment: datetime) -> str:
    """Return the hour: « 22 h 30 »."""
    return date_format(_local(moment), FRENCH_HOUR if is_french() else ENGLISH_HOUR)


def _number(moment: date) -> str:
    # Django's formats do not know that the first of a month is « 1er ».
    return "j\\e\\r" if is_french() and _local(moment).day == 1 else "j"


def _local(moment: date) -> date:
    return timezone.localtime(moment, PARIS) if isinstance(moment, datetime) else moment
