"""What a loading did, and what it found different, in words."""

from dataclasses import dataclass, field

from categories.enums import Audience

_NOTHING = "rien"
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
    """Return the value of the field `name` of `row`, in words."""
    value = getattr(row, name)
    if name == "audience":
        return ", ".join(_audience(one) for one in value) or _NOTHING
    if isinstance(value, bool):
        return "oui" if value else "non"
    display = getattr(row, f"get_{name}_display", None)
    text = _NOTHING if value in (None, "") else str(display() if display else value)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"


def _audience(key):
    return str(Audience(key).label) if key in Audience.values else str(key)
