"""Take persons out of a text: what is known of them, and what looks like an address or a number of somebody.

Pure functions. Nothing replaces a reader: the author and a manager read what is left.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tickets.solutions.known import Known

NAME, EMAIL, PHONE, NUMBER, REQUEST, ADDRESS = "name", "email", "phone", "number", "request", "address"
MASKS: Final[dict[str, Any]] = {
    NAME: _("[nom]"),
    EMAIL: _("[adresse électronique]"),
    PHONE: _("[téléphone]"),
    NUMBER: _("[numéro]"),
    REQUEST: _("[numéro de demande]"),
    ADDRESS: _("[adresse postale]"),
}
# What looks like somebody's, whoever it is. Read without accents, in lower case; the first that matches wins.
_SHAPES: Final = (
    (EMAIL, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (REQUEST, r"\btd-\d{4}-\d{4,}\b"),
    (NUMBER, r"\b[a-z]{2}\d{2}(?:\s?[0-9a-z]{4}){3,7}(?:\s?[0-9a-z]{1,3})?\b"),  # IBAN
    (NUMBER, r"(?<!\d)[12](?:\s?\d{2}){3}(?:\s?\d{3}){2}(?:\s?\d{2})?(?!\d)"),  # social security
    (PHONE, r"(?<![\d+])(?:\+33|0033|0)[\s.-]?(?:\(0\)[\s.-]?)?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"),
    (PHONE, r"\+\d(?:[\s.-]?\d){7,13}(?!\d)"),
    (NUMBER, r"\b\d{3}\s?\d{3}\s?\d{3}\s?[0-9a-z][a-z]\b"),  # INE, RNIE
    (NUMBER, r"\b\d{10}[a-z]\b"),
    (NUMBER, r"(?<![\d-])\d{8}(?![\d-])"),  # student number
    (
        ADDRESS,
        r"\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|allee|impasse|cours|quai"
        r"|route|square|traverse)\s[^\n,;.]{2,60}(?:,?\s*\d{5}\s[\w'’ -]{2,40})?",
    ),
)
_FEWEST_DIGITS: Final = 6


@dataclass(frozen=True)
class Finding:
    """Something of a person, at `start` in the text."""

    kind: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Piece:
    """A part of a scrubbed text; `removed` is what a mask stands for."""

    text: str
    removed: str = ""


def found_in(text: str, known: Known) -> list[Finding]:
    """Return what of persons is in `text`, in its order; what the service publishes of itself is not."""
    text = unicodedata.normalize("NFC", text)
    folded = _folded(text)
    ours = [match.span() for pattern in _service_patterns(known) for match in re.finditer(pattern, folded)]
    found: list[Finding] = []
    for kind, pattern in (*_known_words(known), *_SHAPES, *_known_numbers(known)):
        for match in re.finditer(pattern, folded):
            finding = Finding(kind, match.start(), match.end(), text[match.start() : match.end()])
            is_ours = any(start <= finding.start and finding.end <= end for start, end in ours)
            if not is_ours and not any(_overlap(finding, other) for other in found):
                found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def scrubbed(text: str, known: Known) -> list[Piece]:
    """Return `text` in pieces, masks in the place of what is of persons."""
    text = unicodedata.normalize("NFC", text)
    return list(_pieces(text, found_in(text, known)))


def as_text(pieces: Iterable[Piece]) -> str:
    """Return the words of `pieces`."""
    return "".join(piece.text for piece in pieces)


def _pieces(text: str, found: list[Finding]) -> Iterator[Piece]:
    at = 0
    for finding in found:
        if finding.start > at:
            yield Piece(text[at : finding.start])
        yield Piece(str(MASKS[finding.kind]), finding.words)
        at = finding.end
    if at < len(text):
        yield Piece(text[at:])


def _known_words(known: Known) -> Iterator[tuple[str, str]]:
    """Return (kind, pattern) of what is known, the longest first: a whole name before its words."""
    for kind, words in ((EMAIL, known.emails), (ADDRESS, known.lines), (NAME, known.names)):
        for one in sorted(words, key=lambda word: (-len(word), word)):
            yield kind, _spelled(_folded(one))


def _known_numbers(known: Known) -> Iterator[tuple[str, str]]:
    """Return (kind, pattern) of the numbers that are known, whatever separates their characters."""
    for number in sorted(known.numbers):
        characters = re.sub(r"[^0-9a-z]", "", _folded(number))
        if len(characters) >= _FEWEST_DIGITS:
            yield NUMBER, r"(?<!\w)" + r"[\s.-]?".join(map(re.escape, characters)) + r"(?!\w)"


def _spelled(words: str) -> str:
    """Return a pattern of `words`, whatever stands between them."""
    parts = [re.escape(part) for part in re.split(r"[\s,’'-]+", words) if part]
    return r"(?<!\w)" + r"[\s,’'-]+".join(parts) + r"(?!\w)" if parts else r"(?!)"


def _service_patterns(known: Known) -> Iterator[str]:
    """Return the patterns of what the service publishes of itself: that stays in the text."""
    for words in known.service:
        digits = re.sub(r"\D", "", words)[-9:]
        if len(digits) == len(re.sub(r"[\s.+()-]", "", words)[-9:]) >= _FEWEST_DIGITS:
            yield r"(?<!\d)(?:(?:\+33|0033|0)[\s.-]?)?" + r"[\s.-]?".join(digits) + r"(?!\d)"
        else:
            yield _spelled(_folded(words))


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _folded(text: str) -> str:
    """Return `text` in lower case without accents, character for character: places stay the same."""
    return "".join(map(_plain, unicodedata.normalize("NFC", text)))


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
