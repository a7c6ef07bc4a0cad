"""Small pieces of text: one line, folded columns, quoted words, dates as people read them."""

import re
import textwrap
import unicodedata
from datetime import datetime

from django.utils.translation import gettext as _

from teledemande.french_dates import hour_words, weekday_words

SUBJECT_LENGTH = 79
COLUMNS = 71
# Line ends, control characters, and marks that change the direction of what follows.
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


def one_line(text: object, length: int | None = None) -> str:
    """Return `text` as one line without control characters, cut to `length` characters with an ellipsis."""
    shown = "".join(" " if unicodedata.category(sign) in _INVISIBLE else sign for sign in str(text))
    line = re.sub(r"[ \t]+", " ", shown).strip()
    if length is None or len(line) <= length:
        return line
    return f"{line[: length - 1].rstrip()}…"


def fold(text: str, columns: int = COLUMNS) -> str:
    """Return `text` with lines of at most `columns` characters; an address is never broken."""
    lines = [folded for line in text.splitlines() for folded in (_fold_line(line, columns) or [""])]
    return "\n".join(lines)


def _fold_line(line: str, columns: int) -> list[str]:
    if len(line) <= columns:
        return [line]
    mark = line[: len(line) - len(line.lstrip("> "))]  # a quotation stays one on each of its lines
    return textwrap.wrap(
        line[len(mark) :],
        columns,
        initial_indent=mark,
        subsequent_indent=mark,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quote(text: str) -> str:
    """Return `text` with « > » before each line: nobody's words can pass for ours."""
    return "\n".join(f"> {line}".rstrip() for line in fold(text, COLUMNS - 2).splitlines())


def in_paris(instant: datetime) -> str:
    """Return the day and the hour of `instant` in Paris: « lundi 6 avril 2026 à 22 h 30 »."""
    return _("%(day)s à %(hour)s") % {"day": weekday_words(instant), "hour": hour_words(instant)}
