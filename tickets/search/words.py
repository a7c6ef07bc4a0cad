"""From what a person types to plain words."""

import re
import unicodedata

MAX_WORDS = 12
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def all_words(text):
    """Return the words of `text`, lower-case, elisions, ligatures and punctuation gone.

    What is indexed and what is asked go through here alike: left to themselves, databases take
    « lettre-type.v2.odt » for one word, or for the name of a computer.
    """
    normal = unicodedata.normalize("NFC", text).lower().translate(_LIGATURES)
    return _WORD.findall(_ELISION.sub(" ", normal))


def plain_words(text):
    """Return the first MAX_WORDS words of `text`. Nothing of a query language survives."""
    return all_words(text)[:MAX_WORDS]
