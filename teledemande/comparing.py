"""Two versions of a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

# Beyond, comparing word by word would cost more than reading: both are shown whole.
_WORDS_AT_MOST: Final = 5_000


class Piece(NamedTuple):
    """A piece of text: « kept », « added » or « removed »."""

    sign: str
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from `before` to `after`, in order."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    if len(old) + len(new) > _WORDS_AT_MOST:
        return _pieces(("removed", before), ("added", after))
    found: list[Piece] = []
    for name, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            found += _pieces(("kept", "".join(old[i:j])))
        else:
            found += _pieces(("removed", "".join(old[i:j])), ("added", "".join(new[k:m])))
    return found


def _pieces(*pairs: tuple[str, str]) -> list[Piece]:
    return [Piece(sign, text) for sign, text in pairs if text]
