"""When things happened, told from the day of loading; and the dates people write in their texts."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from teledemande.demo.sample.reading import Scenario
from teledemande.french_dates import day_words
from tickets.clock.working_days import worked_after

FIRST_MONTH = 9  # of a university year


def instants(scenario: Scenario, *, today: date, staff: Collection[str]) -> list[datetime]:
    """Return the instant of the filing, then of each move. Staff (logins) act on working days only."""
    day = today - timedelta(days=scenario.ago)
    found = []
    for step in (scenario.filing, *scenario.moves):
        day += timedelta(days=step.after)
        if step.by in staff:
            day = worked_after(day)
        found.append(datetime.combine(day, step.at, tzinfo=timezone.get_default_timezone()))
    return found


def with_dates(text: str, at: datetime) -> str:
    """Return `text` with its dates, said from `at`.

    {ago[3]} and {ahead[3]} are days before and after, in words; {day[3]} a day before, in figures, as typed;
    {year[1]} the university year before, and {end[1]} the civil year in which it ended.
    """
    day = timezone.localtime(at).date()
    with translation.override(settings.LANGUAGE_CODE):
        return text.format(
            ago=_Days(day, -1),
            ahead=_Days(day, 1),
            day=_TypedDays(day, -1),
            year=_Years(day),
            end=_Ends(day),
        )


class _Days:
    """Days before or after a day, in words: « 6 avril 2026 »."""

    def __init__(self, day: date, sign: int):
        self.day, self.sign = day, sign

    def __getitem__(self, count: int) -> str:
        day = self.day + timedelta(days=self.sign * count)
        return day_words(day)


class _TypedDays(_Days):
    """The same days, as one types them: « 06/04/2026 »."""

    def __getitem__(self, count: int) -> str:
        return f"{self.day + timedelta(days=self.sign * count):%d/%m/%Y}"


class _Years:
    """University years, the one of a day and those before: « 2025-2026 »."""

    def __init__(self, day: date):
        self.first = day.year if day.month >= FIRST_MONTH else day.year - 1

    def __getitem__(self, count: int) -> str:
        return f"{self.first - count}-{self.first - count + 1}"


class _Ends(_Years):
    """The civil years in which they end: « 2026 »."""

    def __getitem__(self, count: int) -> str:
        return str(self.first - count + 1)
