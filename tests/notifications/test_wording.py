"""Small pieces of text."""

from datetime import UTC, datetime

import pytest

from notifications.wording import fold, in_paris, one_line, quote


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  deux\r\nlignes ", "deux lignes"),
        ("a\tb\x00c\u202ed", "a b c d"),
        ("É\u00a0: é", "É\u00a0: é"),
        ("", ""),
    ],
)
def test_one_line_keeps_one_line(text, line):
    assert one_line(text) == line


def test_one_line_cuts_with_an_ellipsis():
    assert one_line("x" * 100, 10) == "xxxxxxxxx…"


def test_fold_keeps_addresses_whole_and_quotations_quoted():
    address = f"https://example.org/{'a' * 90}"

    assert fold(f"mot {address} mot\n\n> {'mot ' * 20}") == (
        f"mot\n{address}\nmot\n\n> {' '.join(['mot'] * 17)}\n> mot mot mot"
    )


def test_quote_marks_each_line():
    assert quote("un\n\ndeux") == "> un\n>\n> deux"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 4, 6, 20, 30, tzinfo=UTC), "lundi 6 avril 2026 à 22\u00a0h\u00a030"),
        (datetime(2026, 12, 31, 23, 5, tzinfo=UTC), "vendredi 1er janvier 2027 à 0\u00a0h\u00a005"),
    ],
    ids=["summer", "next year in Paris"],
)
def test_dates_are_those_of_paris(instant, words):
    assert in_paris(instant) == words
