"""The legal clock on cases worked out by hand."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from categories import enums
from teledemande.paris import paris_day
from tickets import clock
from tickets.clock import facts
from tickets.clock.deadlines import acknowledgement_due_on, appeal_last_day, deadlines_of, registration_due_on
from tickets.clock.facts import Case, ImpossibleCaseError, Notice
from tickets.clock.silence import silence_of

RECEIVED = date(2026, 3, 10)
REFUSAL = Case("refusal", 2, RECEIVED)
ACCEPTANCE = Case("acceptance", 2, RECEIVED)


def day(text):
    """Return the day written « 20/03/2026 », or 20/03 for 2026."""
    number, month, year = (*map(int, text.split("/")), 2026)[:3]
    return date(year, month, number)


def notice(sent, deadline="", produced=""):
    """Return a notice; without a deadline, thirty days."""
    sent_on = day(sent)
    return Notice(
        sent_on,
        day(deadline) if deadline else facts.default_deadline(sent_on),
        day(produced) if produced else None,
    )


def last_day(case, *notices):
    return silence_of(replace(case, notices=notices)).last_day


# --- the legal day -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("instant", "wanted"),
    [
        ("2026-01-31T22:59:59+00:00", "31/01"),
        ("2026-01-31T23:00:00+00:00", "01/02"),
        ("2026-07-31T21:59:59.999999+00:00", "31/07"),
        ("2026-07-31T22:00:00+00:00", "01/08"),
        ("2026-03-28T23:59:59+01:00", "28/03"),  # the night summer time begins
        ("2026-03-29T23:59:59+02:00", "29/03"),
        ("2026-03-29T22:30:00+00:00", "30/03"),
        ("2026-10-24T23:59:59+02:00", "24/10"),  # the night it ends
        ("2026-10-25T22:59:59+00:00", "25/10"),
        ("2026-10-25T23:00:00+00:00", "26/10"),
        ("2026-06-01T00:30:00+12:00", "31/05"),
        ("2026-12-31T23:30:00-04:00", "01/01/2027"),
    ],
)
def test_the_day_is_that_of_paris(instant, wanted):
    assert paris_day(datetime.fromisoformat(instant)) == day(wanted)


def test_an_instant_without_an_offset_has_no_day():
    naive = datetime.now(UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="no offset"):
        paris_day(naive)


# --- receipts ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "registration", "acknowledgement"),
    [
        ("24/12", "28/12", "11/01/2027"),
        ("31/12", "04/01/2027", "15/01/2027"),
        ("07/05", "11/05", "26/05"),  # 8 May, the Ascension and Whit Monday
        ("13/05", "15/05", "29/05"),  # the eve of the Ascension
        ("14/05", "15/05", "29/05"),  # received on a holiday
        ("15/08", "17/08", "28/08"),
        ("30/04/2008", "02/05/2008", "19/05/2008"),  # the Ascension is 1 May, Whit Monday 12 May
    ],
)
def test_receipts_are_due_in_working_days(received, registration, acknowledgement):
    received_on = day(received)

    assert registration_due_on(received_on) == day(registration)
    assert acknowledgement_due_on(received_on) == day(acknowledgement)


def test_receipts_are_due_from_the_competent_administration():
    case = Case("refusal", 2, day("24/02"), first_received_on=day("03/02"))

    found = deadlines_of(case)

    assert (found.registration_due_on, found.acknowledgement_due_on) == (day("25/02"), day("10/03"))
    assert found.silence.last_day == day("03/04")


# --- silence -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "months", "wanted"),
    [
        ("31/01", 1, "28/02"),
        ("31/01/2028", 1, "29/02/2028"),
        ("29/02/2028", 12, "28/02/2029"),
        ("29/02/2028", 2, "29/04/2028"),
        ("30/12", 2, "28/02/2027"),
        ("31/12", 2, "28/02/2027"),
        ("31/10", 4, "28/02/2027"),
        ("31/03", 1, "30/04"),
        ("31/12/2099", 2, "28/02/2100"),  # no leap year
    ],
)
def test_months_run_from_date_to_date(received, months, wanted):
    assert last_day(Case("refusal", months, day(received))) == day(wanted)


@pytest.mark.parametrize(
    ("notices", "wanted"),
    [
        ([notice("20/03", "20/04", "20/03")], "11/05"),  # asked and sent the same day: one day
        ([notice("10/03", "10/04", "12/03")], "13/05"),  # from the day of reception
        ([notice("20/03", "20/04", "20/04")], "11/06"),  # on the last day given
        ([notice("10/05", "10/06", "14/05")], "15/05"),  # sent on the last day: in time
        ([notice("11/05", "11/06", "14/05")], "10/05"),  # sent the day after: all is decided
        ([notice("20/03", "20/04", "30/03"), notice("25/03", "25/04", "05/04")], "27/05"),  # 20/03 to 05/04
        ([notice("20/03", "20/04", "30/03"), notice("31/03", "30/04", "05/04")], "27/05"),  # end to end
        (
            [notice("20/03", "20/04", "30/03"), notice("20/03", "20/04", "25/03")],
            "21/05",
        ),  # sent in two parts
        ([notice("20/03", "20/04", "30/03"), notice("10/04", "10/05", "12/04")], "24/05"),  # apart: 11 and 3
        ([notice("20/03", "20/04"), notice("25/03", "09/04", "30/03")], "11/06"),  # one within the other
        (
            [notice("20/03", "20/04", "30/03"), notice("21/05", "21/06", "22/05")],
            "23/05",
        ),  # put off, then in time
        ([notice("20/03", "20/04", "30/03"), notice("22/05", "22/06")], "21/05"),  # put off, yet too late
        ([notice("22/05"), notice("20/03", "20/04", "30/03")], "21/05"),  # told in another order
    ],
)
def test_a_refusal_is_suspended(notices, wanted):
    assert last_day(REFUSAL, *notices) == day(wanted)


def test_a_notice_in_time_by_the_first_alone_counts_the_days_of_both():
    first, second = notice("09/05", "09/06", "20/05"), notice("15/05", "15/06", "25/05")

    silence = silence_of(replace(REFUSAL, notices=(second, first)))

    assert (silence.counted, silence.ignored, silence.suspended_days) == ((first, second), (), 17)
    assert last_day(REFUSAL, second) == day("10/05")


@pytest.mark.parametrize(
    ("notices", "wanted"),
    [
        ([notice("20/03", "20/04", "20/03")], "20/05"),
        ([notice("20/03", "20/04", "25/03"), notice("20/03", "20/04", "30/03")], "30/05"),
        ([notice("20/03", "20/04", "25/03"), notice("20/03", "20/04")], None),  # one part alone
        ([notice("20/03", "20/04", "30/06")], "30/08"),  # late: no date ran in between
        ([notice("20/03", "20/04", "30/06"), notice("01/06", "01/07", "05/06")], "30/08"),
        ([notice("10/05", "10/06", "31/05")], "31/07"),
        ([notice("11/05", "11/06")], "10/05"),
        ([notice("20/03", "20/04", "30/03"), notice("31/05", "30/06")], "30/05"),
        ([notice("20/03", "20/04", "31/12")], "28/02/2027"),
    ],
)
def test_an_acceptance_starts_again_with_the_last_item(notices, wanted):
    assert last_day(ACCEPTANCE, *notices) == (day(wanted) if wanted else None)


def test_items_received_before_the_request_was_passed_on_do_not_start_the_delay():
    case = Case("acceptance", 2, day("24/02"), first_received_on=day("03/02"))

    assert last_day(case, notice("05/02", "07/03", "10/02")) == day("24/04")


def test_a_refusal_passed_on_is_suspended_by_a_notice_of_the_first_administration():
    case = Case("refusal", 2, day("24/02"), first_received_on=day("03/02"))

    assert last_day(case, notice("05/02", "07/03", "10/02")) == day("09/04")


@pytest.mark.parametrize("rule", ["refusal", "acceptance"])
def test_nothing_runs_before_the_acknowledgement_when_it_starts_the_delay(rule):
    waiting = Case(rule, 2, RECEIVED, "are_sent")

    assert silence_of(waiting).last_day is None
    assert deadlines_of(waiting).appeal_last_day is None
    assert last_day(replace(waiting, are_sent_on=day("16/03"))) == day("16/05")


def test_an_acknowledgement_starts_nothing_else():
    assert last_day(replace(REFUSAL, are_sent_on=day("16/03"))) == day("10/05")


def test_days_before_the_delay_runs_suspend_nothing():
    case = Case("refusal", 2, RECEIVED, "are_sent", are_sent_on=day("20/03"))

    assert last_day(case, notice("12/03", "12/04", "16/03")) == day("20/05")
    assert last_day(case, notice("12/03", "12/04", "22/03")) == day("23/05")


@pytest.mark.parametrize("rule", ["refusal", "acceptance"])
def test_a_complete_file_starts_the_delay_whatever_silence_means(rule):
    case = Case(rule, 2, RECEIVED, "complete_file")

    assert last_day(case) == day("10/05")
    assert last_day(case, notice("20/03", "20/04", "25/04")) == day("25/06")
    assert last_day(case, notice("20/03", "20/04")) is None
    assert last_day(replace(case, completed_on=day("31/03"))) == day("31/05")


@pytest.mark.parametrize("months", [None, 2])
def test_without_a_rule_no_date_runs(months):
    case = Case("none", months, RECEIVED, notices=(notice("20/03"),))

    found = deadlines_of(case)

    assert (found.silence.last_day, found.silence.implicit_from, found.appeal_last_day) == (None, None, None)
    assert (found.registration_due_on, found.acknowledgement_due_on) == (day("11/03"), day("24/03"))


# --- appeal ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("last", "place", "wanted"),
    [
        ("15/07", "metropolitan", "16/09"),
        ("15/07", "overseas", "16/10"),
        ("15/07", "abroad", "16/11"),
        ("31/12", "metropolitan", "01/03/2027"),
        ("31/12", "overseas", "01/04/2027"),
        ("31/12", "abroad", "03/05/2027"),  # 30 April, then Saturday 1 May, Sunday, Monday
        ("24/10", "metropolitan", "28/12"),  # 25 December is a Friday
        ("31/10", "metropolitan", "04/01/2027"),  # 31 December and a day: 1 January, Friday
        ("13/03", "metropolitan", "15/05"),  # the Ascension, 14 May
        ("30/06/2027", "metropolitan", "31/08/2027"),
    ],
)
def test_appeal_is_in_clear_months_and_ends_on_a_working_day(last, place, wanted):
    assert appeal_last_day(day(last), place=place) == day(wanted)


def test_the_cada_adds_no_month_for_distance():
    case = Case("refusal", 1, day("15/06"), place="abroad", recourse="cada")

    assert deadlines_of(case).appeal_last_day == day("16/09")
    assert deadlines_of(replace(case, recourse="cnil")).appeal_last_day == day("16/11")


def test_acceptance_is_not_appealed():
    assert deadlines_of(ACCEPTANCE).appeal_last_day is None


# --- facts that cannot be ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"rule": "refus"}, "rule", "unknown"),
        ({"start_event": "deposit"}, "start_event", "unknown"),
        ({"place": "moon"}, "place", "unknown"),
        ({"recourse": "king"}, "recourse", "unknown"),
        ({"months": None}, "months", "missing"),
        ({"months": 0}, "months", "out_of_range"),
        ({"months": 121}, "months", "out_of_range"),
        ({"first_received_on": date(2026, 3, 11)}, "first_received_on", "after"),
        ({"are_sent_on": date(2026, 3, 9)}, "are_sent_on", "before"),
        ({"completed_on": date(2026, 3, 9)}, "completed_on", "before"),
        ({"notices": (notice("20/03"), notice("09/03"))}, "notices[1].sent_on", "before"),
    ],
)
def test_facts_that_deny_each_other_are_refused(changes, key, reason):
    with pytest.raises(ImpossibleCaseError) as refusal:
        replace(REFUSAL, **changes)

    assert (refusal.value.key, refusal.value.reason) == (key, reason)


@pytest.mark.parametrize(
    ("deadline", "produced", "key"), [("19/03", "", "deadline_on"), ("20/04", "19/03", "produced_on")]
)
def test_a_notice_is_answered_after_it_was_sent(deadline, produced, key):
    with pytest.raises(ImpossibleCaseError) as refusal:
        notice("20/03", deadline, produced)

    assert (refusal.value.key, refusal.value.reason) == (key, "before")


# --- words shared with the rest of the service -----------------------------------------------------------
def test_the_clock_has_the_keys_of_the_themes():
    assert set(facts.RULES) == set(enums.SilenceRule.values)
    assert set(facts.START_EVENTS) == set(enums.StartEvent.values)
    assert set(facts.RECOURSES) == set(enums.Recourse.values)


def test_no_module_of_the_clock_reads_the_time():
    modules = list(Path(clock.__file__).parent.glob("*.py"))

    asking = [one.name for one in modules if any(word in one.read_text() for word in (".now(", ".today("))]

    assert len(modules) > 3
    assert asking == []


def test_the_cases_of_the_specification_are_here():
    shared = json.loads(Path(__file__).with_name("deadlines.json").read_text(encoding="utf-8"))

    assert len(shared["cases"]) == 19
