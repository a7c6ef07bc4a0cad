"""What a loading did, and what it found different, in words."""

from dataclasses import dataclass, field

from categories.wording import value_words

_SHORT = 80


@dataclass(frozen=True)
class Difference:
    """One value of the file that is not ours: whose, which, and both in words."""

    slug: str
    label: str
    theirs: str
    ours: str

    def __str__(self):
        return f"{self.slug} : {self.label} : {self.theirs} dans le fichier, {self.ours} ici"


@dataclass
class Report:
    """What a loading found.

    `created` holds slugs (« list/answer » for an answer), `forms` the themes given their first form,
    `incomplete` the mentions missing from the themes left unpublished, by slug.
    """

    created: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    incomplete: dict[str, list[str]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def different(self):
        """Return the slugs that already differ from the file, once each."""
        return list(dict.fromkeys(difference.slug for difference in self.differences))


def words_of(row, name):
    """Return the value of the field `name` of `row`, in words, cut short."""
    text = value_words(row, name)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"
