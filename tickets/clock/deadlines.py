"""Every date of a request at once: its two receipts, its silence, the appeal against a refusal."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from categories.delays import months_after
from tickets.clock.facts import ABROAD, CADA, COURT, METROPOLITAN, OVERSEAS, REFUSAL, Case
from tickets.clock.silence import Silence, silence_of
from tickets.clock.working_days import worked_after, working_days_after

REGISTRATION_DAYS: Final = 1  # CRPA, R112-11-2
ACKNOWLEDGEMENT_DAYS: Final = 10  # CRPA, R112-11-1 and R112-11-2
APPEAL_MONTHS: Final = 2  # CJA, R421-1 and R421-2; CRPA, R343-1 before the CADA
# Months more, by where the requester lives (CJA, R421-7).
DISTANCE_MONTHS: Final = {METROPOLITAN: 0, OVERSEAS: 1, ABROAD: 2}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The dates of a request, days of Paris. `appeal_last_day`: None unless silence refuses, one day."""

    registration_due_on: date
    acknowledgement_due_on: date
    silence: Silence
    appeal_last_day: date | None


def deadlines_of(case: Case) -> Deadlines:
    """Return every date of `case`. Raises what `silence_of` raises."""
    silence = silence_of(case)
    return Deadlines(
        registration_due_on=registration_due_on(case.received_on),
        acknowledgement_due_on=acknowledgement_due_on(case.received_on),
        silence=silence,
        appeal_last_day=_appeal_of(case, silence),
    )


def registration_due_on(received_on: date) -> date:
    """Return the last day to send the registration receipt: one working day after reception (R112-11-2)."""
    return working_days_after(received_on, REGISTRATION_DAYS)


def acknowledgement_due_on(received_on: date) -> date:
    """Return the last day to send the acknowledgement: ten working days after reception by the competent
    administration (CRPA, R112-11-1), that day not counted.
    """
    return working_days_after(received_on, ACKNOWLEDGEMENT_DAYS)


def appeal_months(place: str, recourse: str = COURT) -> int:
    """Return how many months there are to appeal. The CADA adds none for distance: R421-7 is of the courts.

    Raises KeyError on an unknown place.
    """
    return APPEAL_MONTHS + (0 if recourse == CADA else DISTANCE_MONTHS[place])


def appeal_last_day(last_day: date, *, place: str = METROPOLITAN, recourse: str = COURT) -> date:
    """Return the last day to appeal against the refusal that silence made at the end of `last_day`.

    A délai franc: months from date to date, one day more, and the next working day when that is a Saturday, a
    Sunday or a holiday (CJA, R421-1, R421-2, R421-5, R421-7). Raises KeyError on an unknown place.
    """
    return worked_after(months_after(last_day, appeal_months(place, recourse)) + timedelta(days=1))


def _appeal_of(case: Case, silence: Silence) -> date | None:
    if case.rule != REFUSAL or silence.last_day is None:
        return None
    return appeal_last_day(silence.last_day, place=case.place, recourse=case.recourse)
