"""From what people type to stems: accents, elisions, plurals and genders count for nothing."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_TEXT = 600  # characters read of what somebody looks for; the rest is left aside
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# « l’ENT », « qu’on », « jusqu'à »: what stands before the apostrophe carries no meaning.
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)['’ʼ`´]", re.IGNORECASE)
_ENDINGS = (("ees", "e"), ("ee", "e"), ("eres", "er"), ("ere", "er"), ("s", ""), ("x", ""))
_ORDINAL = re.compile(r"^(\d+)(?:eme|ieme|er|ere|re|nd|nde|st|rd|th)$")  # « 3ème », « 3e » and « 3rd »
_SHORTEST = 4  # a shorter word is its own stem: « bts », « vae »
_french = snowballstemmer.stemmer("french")


@dataclass(frozen=True)
class Word:
    """A word of a text: as folded, its stem, and where it stands (for marking)."""

    folded: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` in lower case without accents; « œ » becomes « oe », a NUL a space."""
    opened = text.replace("\x00", " ").lower().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFD", opened)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=50_000)
def stem(folded: str) -> str:
    """Return the root of a folded word: « remboursements » and « rembourse » give « rembours »."""
    folded = _ORDINAL.sub(r"\1e", folded)
    if len(folded) < _SHORTEST or not folded.isalpha():
        return folded
    for ending, kept in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) + len(kept) >= _SHORTEST:
            folded = folded.removesuffix(ending) + kept
            break
    return _french.stemWord(folded)


def stems_of(text: str) -> list[str]:
    """Return the stems of `text`, in order: quicker than `words_of` when places do not matter."""
    return [stem(word) for word in _WORD.findall(fold(_ELISION.sub(" ", text)))]


def words_of(text: str) -> list[Word]:
    """Return the words of `text`, in order, with their places in it."""
    blanked = _ELISION.sub(lambda found: " " * len(found.group()), text)
    words = []
    for found in _WORD.finditer(blanked):
        # Folded one by one: folding a whole text may change its length, and the places with it.
        folded = "".join(_WORD.findall(fold(found.group())))
        if folded:
            words.append(Word(folded, stem(folded), found.start(), found.end()))
    return words
