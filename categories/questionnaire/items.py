"""The items of a repeated block, in what was typed: one more, one less."""

from categories.questionnaire.form import COUNT, PREFIX

MOST = 999  # a block shows what it may hold; a number typed by hand stays a number


def with_one_more(values, block):
    """Return the typed `values` (name → text, or list of texts) where `block` has one more item."""
    return values | {COUNT + block: str(min(_count(values, block) + 1, MOST))}


def without_item(values, item):
    """Return the typed `values` without an item, « block-index »; those after it move up.

    An item that does not exist is no error: it is gone.
    """
    block, _dash, index = item.rpartition("-")
    count = _count(values, block)
    if not block or not index.isdecimal() or not int(index) < count:
        return values
    left_out = [number for number in range(count) if number != int(index)]
    moved = {name: typed for name, typed in values.items() if not name.startswith(f"{PREFIX}{block}-")}
    for place, number in enumerate(left_out):
        start = f"{PREFIX}{block}-{number}-"
        for name, typed in values.items():
            if name.startswith(start):
                moved[f"{PREFIX}{block}-{place}-{name.removeprefix(start)}"] = typed
    return moved | {COUNT + block: str(max(1, count - 1))}


def _count(values, block):
    text = str(values.get(COUNT + block, "1"))
    return min(int(text), MOST) if text.isdecimal() and len(text) < 9 else 1
