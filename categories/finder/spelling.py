"""What a word written nowhere may stand for: shorthand, sounds, typing mistakes, words of its family."""

from dataclasses import replace
from itertools import pairwise, takewhile
from operator import eq

from rapidfuzz import process
from rapidfuzz.distance import OSA

from categories.finder.sounds import SHORTEST_SOUND, sound_of
from categories.finder.synonyms import vocabulary
from categories.finder.words import words_of

MISTAKES = (1.0, 0.8, 0.55)  # what a word with that many typing mistakes is worth
SOUND = 0.85  # what a word that sounds the same is worth
FAMILY = 0.7
MOST_NEAR = 40  # words tried for one that is mistyped or not finished
SHORTEST_BEGINNING = 3
_SHORTEST_FAMILY, _FAMILY_SHARE = 6, 0.6  # letters in common, and their part of the longer word
_ELIDED = ("qu", "l", "d", "j", "m", "t", "s", "n", "c")  # « jai », « letranger »: the apostrophe left out


def spelled_out(words, index):
    """Return `words`, those of text messages in full: « pa » becomes « pas », « jvoudré » says nothing."""
    pairs = pairwise([None, *words])
    return [one for before, word in pairs for one in _in_full(before, word, index)]


def _in_full(before, word, index):
    full = _shorthand(before, word)
    if full is not None:
        return [replace(other, start=word.start, end=word.end) for other in words_of(full)]
    if not _is_known(word.stem, index):
        stems = (vocabulary().empty_stem(reading) for reading in _readings(word.folded))
        return [replace(word, stem=next((stem for stem in stems if stem), word.stem))]
    return [word]


def _shorthand(before, word):
    """Return what stands for `word`, after the word `before` (« nous sommes » is no sum) or anywhere."""
    known = vocabulary().shorthand
    pair = f"{before.folded} {word.folded}" if before else ""
    return known.get(pair, known.get(word.folded))


def _is_known(stem, index):
    return stem in index.postings or stem in vocabulary().stop or (stem,) in vocabulary().groups


def _readings(folded):
    """Return a word as it stands, and without the letter that an apostrophe would have set apart."""
    return [folded, *(folded.removeprefix(letter) for letter in _ELIDED if folded.startswith(letter))]


def meanings(folded, index):
    """Return (stem, worth) for each word written somewhere that this one, which is not, may stand for."""
    return _elided(folded, index) or [
        *_mistyped(folded, index),
        *(heard for one in _readings(folded) for heard in _heard(one, index)),
        *_related(folded, index),
    ]


def _elided(folded, index):
    for rest in _readings(folded)[1:]:
        if len(rest) >= SHORTEST_BEGINNING and rest in index.surface:
            return [(index.surface[rest], MISTAKES[0])]
    return []


def _heard(folded, index):
    sound = sound_of(folded)
    found = index.sounds.get(sound, ()) if len(sound) >= SHORTEST_SOUND else ()
    return [(stem, SOUND) for stem in found][:MOST_NEAR]


def _mistyped(folded, index):
    """Return the words within one typing mistake (four to seven letters) or two (eight and more)."""
    most = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    if not most:
        return []
    # The first letter is rarely the wrong one, and asking for it spares « basse » from meaning « passe ».
    near = [word for word in index.surface if word[0] == folded[0] and len(word) >= 4]
    found = process.extract(folded, near, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
    return [(index.surface[word], MISTAKES[int(distance)]) for word, distance, _rank in found]


def _related(folded, index):
    """Return the words of the same family that the stemmer keeps apart: « footballeur » and « football »."""
    root, found = folded[:_SHORTEST_FAMILY], set()
    for word, stem in index.surface.items():
        if len(root) == _SHORTEST_FAMILY and word.startswith(root):
            common = sum(takewhile(bool, map(eq, word, folded)))
            if common >= _FAMILY_SHARE * max(len(word), len(folded)):
                found.add((stem, FAMILY))
    return sorted(found)[:MOST_NEAR]
