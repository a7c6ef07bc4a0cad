"""Median and ninth decile: the same on both databases, those of the standard library."""

from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import pytest
from django.db.models import DurationField, ExpressionWrapper, F

from tests import factories
from tickets.models import Ticket
from tickets.statistics.percentiles import Spread, spreads

FILED = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def lasting(lea, transcripts):
    """Return a function that makes requests whose last event came so many hours after filing."""

    def make(hours, category=transcripts):
        for number in hours:
            ticket = factories.file_ticket(lea, category)
            Ticket.objects.filter(pk=ticket.pk).update(
                submitted_at=FILED, updated_at=FILED + timedelta(hours=number), minutes_spent=number
            )

    return make


def rows():
    lasted = ExpressionWrapper(F("updated_at") - F("submitted_at"), output_field=DurationField())
    return Ticket.objects.annotate(lasted=lasted)


@pytest.mark.parametrize(
    "hours", [[7], [1, 2], [9, 1, 5], [1, 1, 1, 40], [3, 8, 2, 40, 5, 7, 1, 1, 6, 20, 11]], ids=str
)
def test_spread_is_that_of_the_standard_library(hours, lasting, django_assert_num_queries):
    lasting(hours)

    with django_assert_num_queries(1):
        spread = spreads(rows(), "lasted")[()]

    ninth = quantiles(hours, n=10, method="inclusive")[8] if len(hours) > 1 else hours[0]
    assert spread.count == len(hours)
    assert (spread.median, spread.ninth) == pytest.approx((3600 * median(hours), 3600 * ninth))


def test_spreads_are_kept_apart_by_key(lasting, transcripts, late_enrolment, django_assert_num_queries):
    lasting([1, 3])
    lasting([10], late_enrolment)

    with django_assert_num_queries(1):
        found = spreads(rows(), "lasted", "category")

    assert found == {
        (transcripts.pk,): Spread(2, 7200.0, pytest.approx(10080.0)),
        (late_enrolment.pk,): Spread(1, 36000.0, 36000.0),
    }


def test_whole_numbers_have_a_spread_too(lasting):
    lasting([1, 2, 3, 4])

    assert spreads(rows(), "minutes_spent") == {(): Spread(4, 2.5, pytest.approx(3.7))}


def test_nothing_has_no_spread(db):
    assert spreads(rows(), "lasted") == {}
    assert spreads(rows(), "lasted", "category") == {}
