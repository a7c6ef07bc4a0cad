"""From what a person types to plain words."""

import re
import unicodedata

MAX_WORDS = 12
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")


def plain_words(text):
    """Return the words of `text`, lower-case, elisions and punctuation gone, at most MAX_WORDS.

    Nothing of a query language survives: quotes, operators and stars mean nothing.
    """
    normal = unicodedata.normalize("NFC", text).lower()
    words = _WORD.findall(_ELISION.sub(" ", normal))
    return [word.strip("-_") for word in words if word.strip("-_")][:MAX_WORDS]
