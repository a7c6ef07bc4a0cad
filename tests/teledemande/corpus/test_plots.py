"""What is drawn, before anything is written."""

import datetime
from collections import Counter
from random import Random

from teledemande.corpus import plots
from teledemande.corpus.hours import DAYS, PARIS, filing_instants, free_instant, office_instant
from teledemande.corpus.plots import draw_plot
from teledemande.corpus.telling import tell
from tickets.lifecycle.enums import FINAL
from tickets.lifecycle.transitions import TRANSITIONS

UNTIL = datetime.datetime(2026, 11, 20, tzinfo=PARIS)
CAST = dict.fromkeys("RHCMS")


def test_filing_instants_are_in_order_within_two_years():
    instants = filing_instants(Random(1), 2000, until=UNTIL.date())

    assert instants == sorted(instants)
    assert UNTIL - datetime.timedelta(days=DAYS + 1) < instants[0] < instants[-1] < UNTIL


def test_requests_are_filed_mostly_in_office_hours():
    local = [one.astimezone(PARIS) for one in filing_instants(Random(1), 2000, until=UNTIL.date())]
    office = [
        one
        for one in local
        if one.weekday() < 5 and datetime.time(8, 30) <= one.time() <= datetime.time(17, 31)
    ]

    assert 0.7 < len(office) / len(local) < 0.95
    assert {one.month for one in local} == set(range(1, 13))


def test_staff_works_in_the_office_hours_of_paris_and_after_what_she_answers():
    rng = Random(2)
    for after in filing_instants(rng, 1000, until=UNTIL.date()):
        at = office_instant(rng, after, rng.expovariate(0.5))
        local = at.astimezone(PARIS)

        assert at > after
        assert local.weekday() < 5 or at - after < datetime.timedelta(seconds=2)
        assert datetime.time(8, 30) <= local.time() <= datetime.time(17, 32) or local.weekday() > 4


def test_requester_writes_after_what_she_answers():
    rng = Random(3)

    assert all(free_instant(rng, at, 0.1) > at for at in filing_instants(rng, 500, until=UNTIL.date()))


def test_stories_follow_the_table_and_end_everywhere():
    rng = Random(4)
    drawn = [draw_plot(rng, at, until=UNTIL) for at in filing_instants(rng, 4000, until=UNTIL.date())]
    tales = [tell(steps, CAST, filed={}, rng=rng) for steps in drawn]
    statuses = Counter(str(tale.status) for tale in tales)

    usual = {"submitted", "in_progress", "waiting", "closed", "approved", "refused", "cancelled"}
    assert usual <= set(statuses)
    assert 0.01 < 1 - sum(statuses[str(status)] for status in FINAL) / len(tales) < 0.15
    assert statuses["approved"] > len(tales) / 2
    assert {1, 4, 6} < {len(tale.acts) for tale in tales}
    assert all(step.at < UNTIL for steps in drawn for step in steps)


def test_plots_whose_moves_do_not_exist_yet_are_not_told():
    stories, weights = plots._playable()

    assert {move for story in stories for move, _part in story} <= set(TRANSITIONS)
    assert len(stories) == len(weights) >= 14
