"""Days and hours as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from teledemande.french_dates import day_words, hour_words, instant_words, weekday_words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        pytest.param(
            datetime(2026, 11, 30, 23, 30, tzinfo=UTC),
            "mardi 1er décembre 2026, 0 h 30",
            id="Paris is tomorrow",
        ),
        pytest.param(
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "dimanche 29 mars 2026, 3 h 00", id="summer time begins"
        ),
        pytest.param(datetime(2026, 4, 6, 20, 30, tzinfo=UTC), "lundi 6 avril 2026, 22 h 30", id="evening"),
    ],
)
def test_an_instant(moment, words):
    assert instant_words(moment).replace("\xa0", " ") == words
    assert f"{weekday_words(moment)}, {hour_words(moment)}".replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 5, 1), "1er mai 2026"), (date(2026, 5, 11), "11 mai 2026")]
)
def test_a_day(day, words):
    assert day_words(day) == words


def test_days_and_hours_in_english():
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    with override("en"):
        words = [function(moment) for function in (day_words, weekday_words, hour_words, instant_words)]

    assert words == [
        "1 December 2026",
        "Tuesday 1 December 2026",
        "00:30",
        "Tuesday 1 December 2026, 00:30",
    ]
