"""A theme takes requests: one rule, said of rows and of a theme already read."""

from datetime import date
from itertools import product

import pytest
import time_machine

from categories.models import Category
from tests.factories import BranchFactory, LeafFactory

DAY = date(2026, 3, 29)
BEFORE, AFTER = date(2026, 3, 28), date(2026, 3, 30)


@pytest.mark.parametrize("closes_on", [None, BEFORE, DAY, AFTER])
@pytest.mark.parametrize("opens_on", [None, BEFORE, DAY, AFTER])
def test_a_theme_takes_requests_between_its_two_days_included(db, opens_on, closes_on):
    theme = LeafFactory(opens_on=opens_on, closes_on=closes_on)

    assert theme.takes_requests(DAY) is (opens_on != AFTER and closes_on != BEFORE)


def test_rows_and_predicate_agree_whatever_the_theme(db, service):
    target = LeafFactory(service=service)
    days = (None, BEFORE, DAY, AFTER)
    for is_published, is_leaf, redirect_to, opens_on, closes_on in product(
        (True, False), (True, False), (None, target), days, days
    ):
        LeafFactory(
            is_published=is_published,
            is_leaf=is_leaf,
            redirect_to=redirect_to,
            opens_on=opens_on,
            closes_on=closes_on,
            service=service if is_leaf else None,
        )
    BranchFactory(alias_of=target)

    kept = set(Category.objects.fileable(DAY))

    assert kept == {theme for theme in Category.objects.all() if theme.takes_requests(DAY)}
    assert len(kept) == 1 + 9


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        pytest.param("2026-03-28T22:59:00Z", False, id="the evening before, in Paris"),
        pytest.param("2026-03-28T23:00:00Z", True, id="first minute"),
        pytest.param("2026-03-30T21:59:00Z", True, id="last minute, the day after the clocks change"),
        pytest.param("2026-03-30T22:00:00Z", False, id="the day after"),
    ],
)
def test_days_are_those_of_paris(db, instant, is_open):
    theme = LeafFactory(opens_on=DAY, closes_on=AFTER)

    with time_machine.travel(instant, tick=False):
        assert theme.takes_requests() is is_open
        assert Category.objects.fileable().exists() is is_open


def test_a_theme_not_open_yet_keeps_its_page(db):
    closed = LeafFactory(closes_on=BEFORE)
    LeafFactory(redirect_to=closed)
    LeafFactory(is_published=False)
    BranchFactory(alias_of=closed)

    assert list(Category.objects.with_a_sheet()) == [closed]
