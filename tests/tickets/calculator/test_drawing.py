"""What is said and drawn of a case, whatever the case."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tickets.clock.strategies import cases
from tickets.calculator.drawing import draw_timeline
from tickets.calculator.words import lines_of
from tickets.clock.deadlines import deadlines_of
from tickets.clock.facts import RULES, Case, Notice
from tickets.statistics.drawing import WIDTH

ANY_CASE = cases(rules=RULES, starts=("reception", "are_sent", "complete_file"))
RECEIVED = Case("acceptance", 2, date(2026, 3, 10))
NOTICES = (
    Notice(date(2026, 3, 20), date(2026, 4, 20), date(2026, 3, 30)),
    Notice(date(2026, 4, 10), date(2026, 5, 10), date(2026, 4, 12)),
)


def drawn(case):
    return draw_timeline(case, deadlines_of(case))


# One item is missing; another was asked for and sent on one day, long after.
THIN = replace(
    RECEIVED,
    notices=(
        Notice(date(2026, 3, 20), date(2026, 4, 20)),
        Notice(date(2028, 3, 20), date(2028, 4, 20), date(2028, 3, 20)),
    ),
)


@given(ANY_CASE)
@example(THIN)
def test_a_picture_keeps_to_its_frame(case):
    picture = drawn(case)
    bars = [bar for row in picture.rows for bar in row.bars]

    assert all(bar.x >= 0 and bar.width >= 2 and bar.x + bar.width <= WIDTH for bar in bars)
    assert all(0 <= mark.x < WIDTH for mark in picture.marks)
    assert min(bar.x for bar in bars) == 0
    assert max(bar.x + bar.width for bar in bars) == WIDTH
    assert picture.rows[-1].bar_y + picture.bar_height <= picture.base < picture.foot < picture.height


def test_ten_years_have_months_that_can_be_read():
    marks = drawn(replace(RECEIVED, months=120)).marks

    assert 5 <= len(marks) <= 8
    assert all(other.x - one.x >= 40 for one, other in itertools.pairwise(marks))


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (
            "acceptance",
            ["Pièces demandées : 20/03/2026 – 12/04/2026", "Délai de réponse : du 12/04/2026 au 12/06/2026"],
        ),
        ("none", []),
    ],
)
def test_what_waits_and_runs_is_drawn_once(rule, wanted):
    rows = drawn(replace(RECEIVED, rule=rule, notices=NOTICES)).rows

    assert [row.label.replace("\xa0", " ") for row in rows[2:]] == wanted
    assert [len(row.bars) for row in rows] == [1, 1, 2, 1][: len(rows)]


def test_nothing_runs_while_an_item_is_missing():
    waiting = replace(RECEIVED, notices=(Notice(date(2026, 3, 20), date(2026, 4, 20)),))

    assert len(drawn(waiting).rows) == 2


@given(ANY_CASE, st.sampled_from(["fr", "en"]))
def test_every_date_has_its_reason_in_both_languages(case, language):
    found = deadlines_of(case)
    with translation.override(language):
        lines = lines_of(case, found)

    silence = found.silence
    assert [line.day for line in lines] == [
        found.registration_due_on,
        found.acknowledgement_due_on,
        silence.last_day,
        silence.implicit_from,
        found.appeal_last_day,
    ]
    assert all(line.label and line.words.endswith(".") for line in lines)
    assert not any("None" in line.words or "%(" in line.words for line in lines)
    notices = [*silence.counted, *silence.ignored]
    assert all(str(notice.sent_on.year) in lines[2].words for notice in notices)
