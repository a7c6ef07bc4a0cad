"""One more item, one less: the words of the others stay with theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from categories.questionnaire.items import with_one_more, without_item

STAYS = {"nb-stays": "3", "q-stays-0-town": "Brest", "q-stays-1-town": "Cork", "q-stays-2-town": "Rome"}
REST = {"subject": "Séjours", "q-stays_other-0-town": "Nice", "nb-stays_other": "1"}


@pytest.mark.parametrize(
    ("typed", "count"), [({}, "2"), ({"nb-b": "4"}, "5"), ({"nb-b": "x"}, "2"), ({"nb-b": "9" * 30}, "2")]
)
def test_one_more(typed, count):
    assert with_one_more(typed, "b") == typed | {"nb-b": count}


@pytest.mark.parametrize(
    ("item", "towns"),
    [
        ("stays-0", ["Cork", "Rome"]),
        ("stays-1", ["Brest", "Rome"]),
        ("stays-2", ["Brest", "Cork"]),
    ],
)
def test_item_taken_out_lets_the_next_ones_move_up(item, towns):
    left = {f"q-stays-{place}-town": town for place, town in enumerate(towns)}

    assert without_item(STAYS | REST, item) == REST | left | {"nb-stays": "2"}


@pytest.mark.parametrize("item", ["stays-3", "stays-", "stays", "", "-1", "stays-x", "other-0x"])
def test_item_that_is_not_there_changes_nothing(item):
    assert without_item(STAYS | REST, item) == STAYS | REST


def test_last_item_taken_out_leaves_an_empty_one():
    assert without_item({"nb-b": "1", "q-b-0-town": "Brest"}, "b-0") == {"nb-b": "1"}


@given(st.lists(st.text("abc", min_size=1), min_size=2, max_size=8), st.data())
def test_only_the_item_taken_out_is_lost(towns, data):
    out = data.draw(st.integers(0, len(towns) - 1))
    typed = {f"q-b-{place}-town": town for place, town in enumerate(towns)} | {"nb-b": str(len(towns))}

    left = without_item(typed, f"b-{out}")

    assert [left[f"q-b-{place}-town"] for place in range(len(towns) - 1)] == towns[:out] + towns[out + 1 :]
