"""Months run from date to date (the worked examples of the legal specification)."""

from datetime import date

import pytest

from categories.delays import months_after


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-05-15", 2, "2026-07-15"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-07-31", 2, "2026-09-30"),
        ("2026-02-28", 2, "2026-04-28"),
        ("2026-03-01", 2, "2026-05-01"),
        ("2026-06-15", 2, "2026-08-15"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-12-15", 0, "2026-12-15"),
    ],
)
def test_months_after(day, months, end):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(end)
