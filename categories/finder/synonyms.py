"""The words of requesters, as shipped: words without meaning, groups of words, expressions by theme."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from categories.finder.sounds import SHORTEST_SOUND, sound_of
from categories.finder.words import fold, stems_of, words_of

_SHIPPED = Path(__file__).resolve().parents[1] / "data" / "synonyms.yaml"
_CONCEPT = "="  # starts the name of a group, which no word does


def shipped_synonyms():
    """Return the expressions of each shipped theme: slug → list of expressions, in order."""
    return {slug: list(expressions) for slug, expressions in _document()["themes"].items()}


@dataclass(frozen=True)
class Vocabulary:
    """What the finder knows of words, by stems.

    `groups` gives the names of the groups of an expression (a sequence of stems without link words),
    `longest` the length of the longest one, `surface` the stem of each expression of one word. `shorthand`
    gives in full what is written short in text messages, `empty_sounds` a stop word by its sound.
    """

    stop: frozenset[str]
    link: frozenset[str]
    weak: frozenset[str]
    groups: dict[tuple[str, ...], tuple[str, ...]]
    longest: int
    surface: dict[str, str]
    shorthand: dict[str, str]
    empty_sounds: dict[str, str]

    def empty_stem(self, folded):
        """Return the stem of the stop word that `folded` is, or sounds like; None if it is none."""
        sound = sound_of(folded)
        return self.empty_sounds.get(sound) if len(sound) >= SHORTEST_SOUND else None

    def terms(self, stems):
        """Return, for each stem that means something, (its place in `stems`, the stem, names of groups).

        A word of an expression of several words has its groups even if it means nothing alone: « pas
        d’accord » is a way to contest.
        """
        places = [place for place, stem in enumerate(stems) if stem not in self.link]
        kept = [stems[place] for place in places]
        groups = self._groups_of(kept)
        return [
            (place, stem, names)
            for place, stem, names in zip(places, kept, groups, strict=True)
            if names or stem not in self.stop
        ]

    def _groups_of(self, stems):
        found = [()] * len(stems)
        for start in range(len(stems)):
            for length in range(1, min(self.longest, len(stems) - start) + 1):
                names = self.groups.get(tuple(stems[start : start + length]), ())
                for place in range(start, start + length) if names else ():
                    found[place] = tuple(dict.fromkeys((*found[place], *names)))
        return found


@cache
def vocabulary():
    """Return the Vocabulary of the shipped file."""
    document = _document()
    link = frozenset(stems_of(document["link_words"]))
    groups, surface = {}, {}
    for number, expressions in enumerate(document["groups"]):
        for expression in expressions:
            words = words_of(expression)
            stems = tuple(word.stem for word in words if word.stem not in link)
            surface |= {word.folded: word.stem for word in words if len(words) == 1}
            groups[stems] = tuple(dict.fromkeys((*groups.get(stems, ()), f"{_CONCEPT}{number}")))
    return Vocabulary(
        stop=link | frozenset(stems_of(document["stop_words"])),
        link=link,
        weak=frozenset(stems_of(document["weak_words"])),
        groups=groups,
        shorthand={fold(short): full for short, full in document["shorthand"].items()},
        empty_sounds={sound_of(word.folded): word.stem for word in words_of(document["stop_words"])},
        longest=max(map(len, groups)),
        surface=surface,
    )


@cache
def _document():
    return yaml.safe_load(_SHIPPED.read_text(encoding="utf-8"))
