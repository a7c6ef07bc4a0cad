"""The words of the corpus: sentences of words.yaml put together."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

_WORDS = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, list]:
    """Return the lists of words.yaml, by name."""
    return yaml.safe_load(_WORDS.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Prose:
    """What one request is about: its sentences share a theme, a course, a number nobody else has."""

    rng: Random
    theme: str
    number: str
    day: date

    def pick(self, name: str):
        """Return one of the list `name` of words.yaml."""
        return self.rng.choice(words()[name])

    def say(self, name: str) -> str:
        """Return a sentence of the list `name`, filled in."""
        return self._filled(self.pick(name))

    def subject(self) -> str:
        """Return the subject of the request."""
        return self.say("subjects")[:200]

    def message(self) -> str:
        """Return what the requester writes when she files it: a few paragraphs."""
        details = self.rng.sample(words()["details"], self.rng.randint(1, 4))
        middle = " ".join([self.say("requests"), *map(self._filled, details)])
        return "\n\n".join([self.say("openings"), middle, self.say("closings")])

    def _filled(self, sentence: str) -> str:
        if "{" not in sentence:
            return sentence
        return sentence.format(
            theme=self.theme,
            number=self.number,
            course=self.pick("courses"),
            level=self.pick("levels"),
            piece=self.pick("pieces"),
            year=f"{self.day.year - 1}-{self.day.year}",
            day=f"{self.day - timedelta(days=self.rng.randint(1, 60)):%d/%m/%Y}",
        )
