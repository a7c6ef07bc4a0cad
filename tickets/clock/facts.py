"""What the legal clock is told of a request: its regime, what happened on which day. Checked when made."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# The keys of `categories.enums`, which the clock does not import: it stands without Django.
ACCEPTANCE: Final = "acceptance"
REFUSAL: Final = "refusal"
NO_RULE: Final = "none"
RULES: Final = (ACCEPTANCE, REFUSAL, NO_RULE)

RECEPTION: Final = "reception"
ARE_SENT: Final = "are_sent"
COMPLETE_FILE: Final = "complete_file"
START_EVENTS: Final = (RECEPTION, ARE_SENT, COMPLETE_FILE)

# Where the requester lives (CJA, R421-7), and where a refusal is contested first.
METROPOLITAN: Final = "metropolitan"
OVERSEAS: Final = "overseas"
ABROAD: Final = "abroad"
PLACES: Final = (METROPOLITAN, OVERSEAS, ABROAD)
COURT: Final = "administrative_court"
CADA: Final = "cada"
RECOURSES: Final = (COURT, CADA, "cnil", "rights_defender")

LONGEST_MONTHS: Final = 120
_DEFAULT_DAYS: Final = timedelta(days=30)


class ImpossibleCaseError(ValueError):
    """Facts that cannot be: `key` is the fact at fault, `reason` a short key, `other` the fact it denies."""

    def __init__(self, key: str, reason: str, other: str = ""):
        super().__init__(f"{key}: {reason} {other}".rstrip())
        self.key = key
        self.reason = reason
        self.other = other


def default_deadline(sent_on: date) -> date:
    """Return the day given to send missing items when nobody chose one: 30 days after the notice."""
    return sent_on + _DEFAULT_DAYS


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of missing items, all of them required by a text (CRPA, L114-5).

    Days of Paris: `sent_on`, `deadline_on` the last day to send them, `produced_on` the day the last of its
    items came, or None while one is missing. Raises ImpossibleCaseError on a day before `sent_on`.
    """

    sent_on: date
    deadline_on: date
    produced_on: date | None = None

    def __post_init__(self) -> None:
        _in_order("deadline_on", self.deadline_on, "sent_on", self.sent_on)
        _in_order("produced_on", self.produced_on, "sent_on", self.sent_on)


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one request. Every day is a day of Paris.

    `rule`, `months` (None only without a rule) and `start_event` are its regime. `received_on` is the day the
    university received it, `first_received_on` the day another administration did (CRPA, L114-2).
    `are_sent_on` is the first acknowledgement, not a corrective one; `completed_on` the day the file was
    complete, when no notice says so. Raises ImpossibleCaseError, whose key names the fact, on facts that deny
    each other.
    """

    rule: str
    months: int | None
    received_on: date
    start_event: str = RECEPTION
    first_received_on: date | None = None
    are_sent_on: date | None = None
    completed_on: date | None = None
    notices: tuple[Notice, ...] = ()
    place: str = METROPOLITAN
    recourse: str = COURT

    def __post_init__(self) -> None:
        self._check_keys()
        self._check_months()
        self._check_days()

    @property
    def earliest_on(self) -> date:
        """The day an administration, whichever, received the request first."""
        return self.first_received_on or self.received_on

    @property
    def restarts(self) -> bool:
        """Whether missing items start the delay again, rather than suspend it."""
        return self.rule == ACCEPTANCE or self.start_event == COMPLETE_FILE

    def _check_keys(self) -> None:
        known = {
            "rule": (self.rule, RULES),
            "start_event": (self.start_event, START_EVENTS),
            "place": (self.place, PLACES),
            "recourse": (self.recourse, RECOURSES),
        }
        for key, (value, values) in known.items():
            if value not in values:
                raise ImpossibleCaseError(key, "unknown")

    def _check_months(self) -> None:
        if self.months is None:
            if self.rule != NO_RULE:
                raise ImpossibleCaseError("months", "missing")
        elif not 1 <= self.months <= LONGEST_MONTHS:
            raise ImpossibleCaseError("months", "out_of_range")

    def _check_days(self) -> None:
        if self.first_received_on is not None and self.first_received_on > self.received_on:
            raise ImpossibleCaseError("first_received_on", "after", "received_on")
        _in_order("are_sent_on", self.are_sent_on, "received_on", self.earliest_on)
        _in_order("completed_on", self.completed_on, "received_on", self.earliest_on)
        for rank, notice in enumerate(self.notices):
            _in_order(f"notices[{rank}].sent_on", notice.sent_on, "received_on", self.earliest_on)


def _in_order(key: str, day: date | None, other: str, other_day: date) -> None:
    if day is not None and day < other_day:
        raise ImpossibleCaseError(key, "before", other)
