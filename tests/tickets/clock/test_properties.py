"""What is true of the legal clock whatever the case."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from categories.delays import months_after
from teledemande.paris import PARIS, paris_day
from tests.tickets.clock.strategies import DAYS, MONTHS, cases
from tickets.clock.deadlines import appeal_last_day, deadlines_of
from tickets.clock.facts import ABROAD, ACCEPTANCE, METROPOLITAN, OVERSEAS, REFUSAL, Case, Notice
from tickets.clock.silence import Span, silence_of, union_of
from tickets.clock.working_days import is_worked, working_days_after

NEVER = date.max
A_DAY = timedelta(days=1)


def end_of(case):
    """Return the last day of the silence; the end of time when no date runs."""
    return silence_of(case).last_day or NEVER


def sunday_of_change(year, month):
    """Return the last Sunday of `month`, when the time changes."""
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)


# --- the legal day -----------------------------------------------------------------------------------------
@given(st.integers(0, 101 * 366 * 86_400), st.integers(0, 82_800))
def test_a_later_instant_is_no_earlier_day(seconds, more):
    """A day lasts twenty-three hours at least."""
    instant = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    later = instant + timedelta(seconds=more)

    assert paris_day(instant) <= paris_day(later) <= paris_day(instant) + A_DAY


@given(st.integers(2000, 2100), st.sampled_from([3, 10]))
def test_nights_when_the_time_changes_are_two_days(year, month):
    sunday = sunday_of_change(year, month)
    midnight = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS).astimezone(UTC)
    hours = 23 if month == 3 else 25
    second = timedelta(seconds=1)

    assert paris_day(midnight - second) == sunday - A_DAY
    assert paris_day(midnight) == paris_day(midnight + timedelta(hours=hours) - second) == sunday
    assert paris_day(midnight + timedelta(hours=hours)) == sunday + A_DAY


# --- months ------------------------------------------------------------------------------------------------
@given(DAYS, st.integers(0, 120))
@example(date(2024, 2, 29), 12)
@example(date(2099, 12, 31), 2)
def test_months_end_on_the_same_number_or_the_last_of_the_month(day, months):
    end = months_after(day, months)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@pytest.mark.parametrize("months", range(1, 13))
def test_every_month_end_to_2100(months):
    ends = [
        date(year, month, monthrange(year, month)[1]) for year in range(2000, 2101) for month in range(1, 13)
    ]

    assert [day for day in ends if months_after(day + A_DAY, months) < months_after(day, months)] == []
    assert all(months_after(day, months).day >= 28 for day in ends)


# --- working days ------------------------------------------------------------------------------------------
@given(DAYS, st.integers(1, 30))
def test_a_delay_in_working_days_holds_so_many(day, number):
    end = working_days_after(day, number)
    between = [day + timedelta(days=days) for days in range(1, (end - day).days + 1)]

    assert sum(map(is_worked, between)) == number
    assert is_worked(end)


# --- silence -----------------------------------------------------------------------------------------------
@given(cases(), st.integers(0, 40))
def test_received_later_nothing_ends_sooner(case, days):
    """Dates are monotone in reception: what happened after stays where it was."""
    later = [notice.sent_on for notice in case.notices]
    moved_on = min([case.received_on + timedelta(days=days), *later])

    before, after = deadlines_of(case), deadlines_of(replace(case, received_on=moved_on))

    assert before.registration_due_on <= after.registration_due_on
    assert before.acknowledgement_due_on <= after.acknowledgement_due_on
    assert (before.silence.last_day or NEVER) <= (after.silence.last_day or NEVER)
    assert (before.appeal_last_day or NEVER) <= (after.appeal_last_day or NEVER)


@given(cases(least_notices=1))
def test_notices_never_shorten_a_silence(case):
    ends = [end_of(replace(case, notices=case.notices[:number])) for number in range(len(case.notices) + 1)]

    assert end_of(replace(case, notices=())) <= end_of(case)
    assert ends[0] == min(ends)


@given(cases(rules=[REFUSAL], starts=["reception"]))
def test_a_refusal_is_put_off_by_the_days_of_the_notices_each_counted_once(case):
    silence = silence_of(case)
    days = set()
    for notice in silence.counted:
        end = min(notice.produced_on or notice.deadline_on, notice.deadline_on)
        days |= {notice.sent_on + timedelta(days=number) for number in range((end - notice.sent_on).days + 1)}

    assert silence.suspended_days == len(days)
    assert silence.last_day == months_after(case.earliest_on, case.months) + timedelta(days=len(days))


@given(cases(), st.randoms())
def test_the_order_in_which_notices_are_told_changes_nothing(case, chance):
    shuffled = list(case.notices)
    chance.shuffle(shuffled)

    assert deadlines_of(replace(case, notices=tuple(shuffled))).silence.last_day == silence_of(case).last_day


@given(cases(least_notices=1))
def test_a_notice_told_twice_counts_once(case):
    assert end_of(replace(case, notices=case.notices * 2)) == end_of(case)


@given(cases(rules=[ACCEPTANCE], least_notices=1))
def test_an_acceptance_has_a_date_unless_an_item_asked_in_time_is_missing(case):
    silence = silence_of(case)

    assert (silence.last_day is None) == any(notice.produced_on is None for notice in silence.counted)


@given(cases(), st.integers(1, 400))
def test_a_notice_sent_once_all_is_decided_changes_nothing(case, days):
    silence = silence_of(case)
    late_on = (silence.last_day or case.received_on) + timedelta(days=days)
    late = Notice(late_on, late_on + timedelta(days=30))

    if silence.last_day is not None:
        assert end_of(replace(case, notices=(*case.notices, late))) == silence.last_day


@given(cases())
def test_a_refusal_alone_is_appealed(case):
    found = deadlines_of(case)

    assert (found.appeal_last_day is not None) == (
        case.rule == REFUSAL and found.silence.last_day is not None
    )
    assert (found.silence.implicit_from is None) == (found.silence.last_day is None)


# --- appeal ------------------------------------------------------------------------------------------------
@given(DAYS)
def test_the_farther_the_requester_the_later_the_appeal(last_day):
    ends = [appeal_last_day(last_day, place=place) for place in (METROPOLITAN, OVERSEAS, ABROAD)]

    assert ends == sorted(set(ends))
    assert all(map(is_worked, ends))
    assert ends[0] > months_after(last_day, 2)


@given(DAYS, MONTHS)
def test_what_ends_sooner_is_appealed_no_later(received_on, months):
    first, second = (deadlines_of(Case(REFUSAL, months + more, received_on)) for more in (0, 1))

    assert first.appeal_last_day < second.appeal_last_day


# --- spans -------------------------------------------------------------------------------------------------
SPANS = st.tuples(DAYS, st.integers(0, 60)).map(lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1])))


@given(st.lists(SPANS, max_size=6))
@example([Span(date(2026, 3, 25), date(2026, 3, 31)), Span(date(2026, 3, 20), date(2026, 3, 24))])
def test_union_holds_the_same_days_each_once(spans):
    def days(some):
        return [span.first + timedelta(days=number) for span in some for number in range(span.days)]

    united = union_of(spans)

    assert days(united) == sorted(set(days(spans)))
    assert all(one.last + A_DAY < other.first for one, other in pairwise(united))
