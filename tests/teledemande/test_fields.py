"""What nobody sees goes, what somebody typed stays."""

import pytest

from teledemande.text import hides_something, visible_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("Bon\x00jour\x1b", "Bonjour", id="controls"),
        pytest.param("fac\u202etrop\u202c", "factrop", id="direction marks"),
        pytest.param("un\u200bdeux\ufeff", "undeux", id="nothing wide"),
    ],
)
def test_the_invisible_is_taken_out(typed, kept):
    assert (visible_text(typed), hides_something(typed)) == (kept, True)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("L’été, à 10 h 30 : « ça » …", id="French"),
        pytest.param("می‌خواهم", id="Persian, with its joiner"),
        pytest.param("👩‍🎓 \U0001fae8 \U0001fadf", id="emoji, newer than this Python"),
        pytest.param("une ligne\n\tune autre", id="lines"),
    ],
)
def test_words_stay(typed):
    assert (visible_text(typed), hides_something(typed)) == (typed, False)


def test_line_ends_are_one_kind_and_hide_nothing():
    assert (visible_text("a\r\nb\rc"), hides_something("a\r\nb\rc")) == ("a\nb\nc", False)
