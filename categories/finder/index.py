"""What has been written about the things people look for, ready to be searched: no database here."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from categories.finder.sounds import sound_of
from categories.finder.synonyms import vocabulary
from categories.finder.words import words_of

_SATURATION = 1.2  # how fast saying a word again stops counting (k1 of BM25)
_LENGTH = 0.3  # how much a long text is penalised (b of BM25)


@dataclass
class Document:
    """One thing to find, by its key. `texts` are (weight, text); `expressions`, sentences of requesters.

    Only what weighs at least `STRONG` says how rare a word is: the labels of forms repeat the same ones.
    """

    key: int
    texts: list[tuple[float, str]] = field(default_factory=list)
    expressions: list[str] = field(default_factory=list)


STRONG = 2.0


@dataclass(frozen=True)
class Index:
    """The words of a set of documents.

    `postings`: term → {rank of a document: how much it says it, from 0 to 1}. `rarity`: term → its weight.
    `surface`: folded word → stem. `sounds`: how a word sounds → stems. `expressions`: (rank of the document,
    norm); `said`: term → their ranks.
    """

    keys: tuple[int, ...]
    postings: dict[str, dict[int, float]]
    rarity: dict[str, float]
    surface: dict[str, str]
    sounds: dict[str, tuple[str, ...]]
    expressions: tuple[tuple[int, float], ...]
    said: dict[str, tuple[int, ...]]
    unknown: float

    def weight(self, term):
        """Return the weight of a term: the rarer, the heavier; an unknown word weighs the most."""
        return self.rarity.get(term, self.unknown)


@lru_cache(maxsize=50_000)
def analyse(line):
    """Return the terms of a line (stems, names of groups, pairs of neighbours), and (folded word, stem).

    Kept in memory: an index is built again for one line changed among thousands.
    """
    words = words_of(line)
    found = vocabulary().terms([word.stem for word in words])
    stems = [stem for _place, stem, _names in found]
    names = [name for _place, _stem, names in found for name in names]
    return (*stems, *names, *pairs(stems)), tuple((word.folded, word.stem) for word in words)


def pairs(stems):
    """Return the pairs of neighbours, as terms."""
    return [f"{first} {second}" for first, second in pairwise(stems)]


class _Builder:
    def __init__(self):
        self.frequencies = []  # by document: term → weighted count
        self.strong = Counter()
        self.surface = dict(vocabulary().surface)
        self.expressions = []

    def add(self, rank, document):
        counts, strong = defaultdict(float), set()
        for weight, text in document.texts:
            terms = self._terms(text)
            factor = weight / (1 - _LENGTH + _LENGTH * max(1.0, len(terms) / 12))
            for term in terms:
                counts[term] += factor
            if weight >= STRONG:
                strong.update(terms)
        self.frequencies.append(counts)
        self.strong.update(strong)
        for expression in document.expressions:
            said = frozenset(term for term in self._terms(expression) if " " not in term)
            self.expressions.append((rank, said))

    def _terms(self, text):
        found = []
        for line in text.splitlines():
            terms, surface = analyse(line)
            self.surface.update(surface)
            found.extend(terms)
        return found


def build_index(documents):
    """Return the Index of `documents`, in the order in which equals are to be ranked."""
    builder = _Builder()
    for rank, document in enumerate(documents):
        builder.add(rank, document)
    count = len(documents)
    rarity = {term: math.log(1 + (count - df + 0.5) / (df + 0.5)) for term, df in builder.strong.items()}
    postings = defaultdict(dict)
    for rank, counts in enumerate(builder.frequencies):
        for term, value in counts.items():
            postings[term][rank] = value / (value + _SATURATION)
    return Index(
        keys=tuple(document.key for document in documents),
        postings=dict(postings),
        rarity=rarity,
        surface=builder.surface,
        sounds=_sounds(builder.surface),
        unknown=math.log(1 + (count + 0.5) / 0.5) if count else 0.0,
        **_expressions(builder.expressions, rarity),
    )


def _sounds(surface):
    heard = defaultdict(set)
    for folded, stem in surface.items():
        heard[sound_of(folded)].add(stem)
    return {sound: tuple(sorted(stems)) for sound, stems in heard.items()}


def _expressions(found, rarity):
    weak, said, norms = vocabulary().weak, defaultdict(list), []
    for number, (rank, terms) in enumerate(found):
        stems = [term for term in terms if not term.startswith("=")]
        heavy = sum((rarity.get(stem, 0) * (0.3 if stem in weak else 1)) ** 2 for stem in stems)
        norms.append((rank, math.sqrt(heavy) or 1.0))
        for term in sorted(terms):
            said[term].append(number)
    return {"expressions": tuple(norms), "said": {term: tuple(numbers) for term, numbers in said.items()}}
