"""From what somebody typed to the documents that answer it, best first."""

from collections import defaultdict
from dataclasses import dataclass, field

from categories.finder.index import pairs
from categories.finder.spelling import MOST_NEAR, SHORTEST_BEGINNING, meanings, spelled_out
from categories.finder.synonyms import vocabulary
from categories.finder.words import words_of

GROUP, PREFIX, PAIR = 0.7, 0.6, 0.35  # what another word of the group, a beginning, two neighbours are worth
NOWHERE = 0.4  # what a word written nowhere keeps of its weight: nothing can answer it
WEAK = 0.3  # what a word of nearly every request keeps of its weight; a number too
LIKENESS = 0.9  # what looking like one whole expression adds
_LONG, _WINDOW, _STEP = 10, 6, 3  # words of a text read by windows, of a window, from one to the next
_SHARPNESS = 4  # the higher, the more the best window counts and the less the others add to it
_MOST_WORDS = 120


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
    words = spelled_out(words_of(text)[:_MOST_WORDS], index)
    terms = vocabulary().terms([word.stem for word in words])
    if not terms:  # nothing but words without meaning: better than nothing
        terms = [(place, word.stem, ()) for place, word in enumerate(words)]
    slots = [_slot(words[place], stem, names, index) for place, stem, names in terms]
    if slots and terms[-1][0] == len(words) - 1:
        _complete(slots[-1], words[-1], index)
    for slot in slots:
        if not any(term in index.postings for term in slot.terms):
            slot.weight *= NOWHERE
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
    if len(word.folded) < SHORTEST_BEGINNING:
        return
    worth = PREFIX / 2 if word.stem in index.postings else PREFIX
    found = {stem for folded, stem in index.surface.items() if folded.startswith(word.folded)}
    for stem in sorted(found)[:MOST_NEAR]:
        slot.offer(stem, worth)


def _forgive(slot, word, index):
    """Offer the words written somewhere that this one, which is not, may stand for."""
    meant = meanings(word.folded, index)
    for stem, worth in meant:
        slot.offer(stem, worth)
        for name in vocabulary().groups.get((stem,), ()):
            slot.offer(name, worth * GROUP)
    if meant:
        best = max(meant, key=lambda one: (one[1], one[0]))
        slot.weight = _weight([best[0]], index)


@dataclass(frozen=True)
class _Reading:
    """What an index says of one Slot: documents (value, part answered), expressions (product of weights)."""

    weight: float
    answers: dict[int, tuple[float, float]]
    expressions: dict[int, float]


def rank(asked, index):
    """Return the Hits of `asked` (an Asked) in `index`, best first, equals in the order of the index.

    A long text is read by windows: she tells her story, and one of its sentences says what she wants.
    """
    readings = [_Reading(slot.weight, _answers(slot, index), _said(slot, index)) for slot in asked.slots]
    said, covered = defaultdict(float), defaultdict(float)
    for window, neighbours in _windows(readings, asked.pairs):
        for place, score, coverage in _rank_window(window, neighbours, index):
            said[place] += score**_SHARPNESS
            covered[place] = max(covered[place], coverage)
    hits = sorted((-(power ** (1 / _SHARPNESS)), place) for place, power in said.items())
    return [Hit(index.keys[place], -score, covered[place]) for score, place in hits]


def _windows(readings, neighbours):
    """Return a short text whole, else the parts of a long one, each overlapping the one before."""
    if len(readings) <= _LONG:
        return [(readings, neighbours)]
    starts = range(0, len(readings) - _WINDOW + _STEP, _STEP)
    return [(readings[at : at + _WINDOW], neighbours[at : at + _WINDOW - 1]) for at in starts]


def _rank_window(readings, neighbours, index):
    """Yield (place, score, coverage) for each document that says something of the window."""
    total = sum(one.weight for one in readings)
    if not total:
        return
    said, covered = defaultdict(float), defaultdict(float)
    for one in readings:
        for place, (value, part) in one.answers.items():
            said[place] += one.weight * value
            covered[place] += one.weight * part
    for pair in neighbours:
        for place, value in index.postings.get(pair, {}).items():
            said[place] += PAIR * index.weight(pair) * value
    alike = _likeness(readings, index)
    for place, value in said.items():
        coverage = covered[place] / total
        yield place, (value / total) * (0.5 + 0.5 * coverage) + LIKENESS * alike.get(place, 0.0), coverage


def _answers(slot, index):
    best = {}
    for term, worth in slot.terms.items():
        ratio = min(1.0, index.weight(term) / slot.weight) if term.startswith("=") and slot.weight else 1.0
        for place, value in index.postings.get(term, {}).items():
            given = worth * ratio * value
            if given > best.get(place, (0.0, 0.0))[0]:
                best[place] = (given, worth)
    return best


def _said(slot, index):
    best = {}
    for term, worth in slot.terms.items():
        for number in index.said.get(term, ()):
            best[number] = max(worth, best.get(number, 0.0))
    # What an expression says of it weighs no more than the whole expression.
    weight, lengths = slot.weight, index.expressions
    return {number: worth * weight * min(weight, lengths[number][1]) for number, worth in best.items()}


def _likeness(readings, index):
    """Return, by document, how much what was asked looks like one of its expressions (cosine, 0 to 1)."""
    products = defaultdict(float)
    for one in readings:
        for number, product in one.expressions.items():
            products[number] += product
    norm = sum(one.weight**2 for one in readings) ** 0.5
    alike = defaultdict(float)
    for number, product in products.items():
        place, length = index.expressions[number]
        alike[place] = max(alike[place], min(1.0, product / (norm * length)))
    return alike
