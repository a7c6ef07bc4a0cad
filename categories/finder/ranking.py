"""From what somebody typed to the documents that answer it, best first."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import takewhile
from operator import eq

from rapidfuzz import process
from rapidfuzz.distance import OSA

from categories.finder.index import pairs
from categories.finder.synonyms import vocabulary
from categories.finder.words import words_of

GROUP, PREFIX, PAIR = 0.7, 0.6, 0.35  # what another word of the group, a beginning, two neighbours are worth
MISTAKES = (1.0, 0.8, 0.55)  # what a word with that many typing mistakes is worth
WEAK = 0.3  # what a word of nearly every request keeps of its weight; a number too
FAMILY = 0.7
LIKENESS = 0.9  # what looking like one whole expression adds
_MOST_WORDS = 24
_MOST_NEAR = 40  # words tried for one that is mistyped or not finished
_SHORTEST_BEGINNING = 3
_SHORTEST_FAMILY, _FAMILY_SHARE = 6, 0.6  # letters in common, and their part of the longer word
_ELIDED = ("qu", "l", "d", "j", "m", "t", "s", "n", "c")  # « jai », « letranger »: the apostrophe left out


@dataclass(frozen=True)
class Hit:
    """A document found: its key, its score, and the part of what was asked that it answers, from 0 to 1."""

    key: int
    score: float
    coverage: float


@dataclass
class Slot:
    """One word asked: its weight, and the terms that answer it, each with what it is worth."""

    weight: float
    terms: dict[str, float] = field(default_factory=dict)

    def offer(self, term, worth):
        self.terms[term] = max(worth, self.terms.get(term, 0.0))


@dataclass(frozen=True)
class Asked:
    """What was typed, as an index understands it: its Slots, and its pairs of neighbours."""

    slots: list[Slot]
    pairs: list[str]


def understand(text, index):
    """Return what somebody typed as an Asked; empty when no word of it can be read."""
    words = words_of(text)[:_MOST_WORDS]
    terms = vocabulary().terms([word.stem for word in words])
    if not terms:  # nothing but words without meaning: better than nothing
        terms = [(place, word.stem, ()) for place, word in enumerate(words)]
    slots = [_slot(words[place], stem, names, index) for place, stem, names in terms]
    if slots and terms[-1][0] == len(words) - 1:
        _complete(slots[-1], words[-1], index)
    return Asked(slots, pairs([stem for _place, stem, _names in terms]))


def _slot(word, stem, names, index):
    slot = Slot(_weight((stem, *names), index))
    slot.offer(stem, 1.0)
    for name in names:
        slot.offer(name, GROUP)
    if stem not in index.postings and not names:
        _forgive(slot, word, index)
    if stem in vocabulary().weak or stem.isdigit():
        slot.weight *= WEAK
    return slot


def _weight(terms, index):
    """Return the weight of a word asked: its own, or else that of its groups, or else an unknown word’s."""
    return next((index.rarity[term] for term in terms if term in index.rarity), index.unknown)


def _complete(slot, word, index):
    """Take the last word for the beginning of a longer one: she may still be typing."""
    if len(word.folded) < _SHORTEST_BEGINNING:
        return
    worth = PREFIX / 2 if word.stem in index.postings else PREFIX
    found = {stem for folded, stem in index.surface.items() if folded.startswith(word.folded)}
    for stem in sorted(found)[:_MOST_NEAR]:
        slot.offer(stem, worth)


def _forgive(slot, word, index):
    """Offer the words written somewhere that this one, which is not, may stand for."""
    meant = _elided(word.folded, index) or [*_mistyped(word.folded, index), *_related(word.folded, index)]
    for stem, worth in meant:
        slot.offer(stem, worth)
        for name in vocabulary().groups.get((stem,), ()):
            slot.offer(name, worth * GROUP)
    if meant:
        best = max(meant, key=lambda one: (one[1], one[0]))
        slot.weight = _weight([best[0]], index)


def _elided(folded, index):
    """Read « jai » and « letranger », whose apostrophe was left out."""
    for letter in _ELIDED:
        rest = folded.removeprefix(letter)
        if rest != folded and len(rest) >= _SHORTEST_BEGINNING and rest in index.surface:
            return [(index.surface[rest], MISTAKES[0])]
    return []


def _mistyped(folded, index):
    """Return the words within one typing mistake (four to seven letters) or two (eight and more)."""
    most = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    if not most:
        return []
    # The first letter is rarely the wrong one, and asking for it spares « basse » from meaning « passe ».
    near = [word for word in index.surface if word[0] == folded[0] and len(word) >= 4]
    found = process.extract(folded, near, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEAR)
    return [(index.surface[word], MISTAKES[int(distance)]) for word, distance, _rank in found]


def _related(folded, index):
    """Return the words of the same family that the stemmer keeps apart: « footballeur » and « football »."""
    root, found = folded[:_SHORTEST_FAMILY], set()
    for word, stem in index.surface.items():
        if len(root) == _SHORTEST_FAMILY and word.startswith(root):
            common = sum(takewhile(bool, map(eq, word, folded)))
            if common >= _FAMILY_SHARE * max(len(word), len(folded)):
                found.add((stem, FAMILY))
    return sorted(found)[:_MOST_NEAR]


def rank(asked, index):
    """Return the Hits of `asked` (an Asked) in `index`, best first, equals in the order of the index."""
    slots = asked.slots
    total = sum(slot.weight for slot in slots)
    if not total:
        return []
    said, covered = defaultdict(float), defaultdict(float)
    for slot in slots:
        for place, (value, part) in _answers(slot, index).items():
            said[place] += slot.weight * value
            covered[place] += slot.weight * part
    for pair in asked.pairs:
        for place, value in index.postings.get(pair, {}).items():
            said[place] += PAIR * index.weight(pair) * value
    alike = _likeness(slots, index)
    hits = []
    for place, value in said.items():
        coverage = covered[place] / total
        score = (value / total) * (0.5 + 0.5 * coverage) + LIKENESS * alike.get(place, 0.0)
        hits.append((-score, place, coverage))
    return [Hit(index.keys[place], -score, coverage) for score, place, coverage in sorted(hits)]


def _answers(slot, index):
    best = {}
    for term, worth in slot.terms.items():
        ratio = min(1.0, index.weight(term) / slot.weight) if term.startswith("=") and slot.weight else 1.0
        for place, value in index.postings.get(term, {}).items():
            given = worth * ratio * value
            if given > best.get(place, (0.0, 0.0))[0]:
                best[place] = (given, worth)
    return best


def _likeness(slots, index):
    """Return, by document, how much what was asked looks like one of its expressions (cosine, 0 to 1)."""
    products = defaultdict(float)
    for slot in slots:
        best = {}
        for term, worth in slot.terms.items():
            for number in index.said.get(term, ()):
                best[number] = max(worth, best.get(number, 0.0))
        for number, worth in best.items():
            products[number] += worth * slot.weight * slot.weight
    norm = sum(slot.weight**2 for slot in slots) ** 0.5
    alike = defaultdict(float)
    for number, product in products.items():
        place, length = index.expressions[number]
        alike[place] = max(alike[place], min(1.0, product / (norm * length)))
    return alike
