"""What was measured, as a table and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

HEAD = (
    f"{'demandes':>9}  {'page':<35}{'à côté de':<20}{'nous/s':>8}{'sol/s':>8}{'rapport':>9}{'but':>6}"
    f"{'':>5}{'temps':>8}"
)
FOOT = "« temps » : durée d’une page, pour une à la première taille ; à ne lire que machine au repos."


@dataclass(frozen=True)
class Line:
    """One page at one size: pages per second of ours and of what it stands beside, round by round."""

    tickets: int
    page: str
    beside: str
    goal: float
    ours: list[float]
    floor: list[float]

    @property
    def ratio(self):
        """The share of the floor ours reaches: the median of the rounds, each asked of both in turn."""
        return median(ours / floor for ours, floor in zip(self.ours, self.floor, strict=True))

    @property
    def is_met(self):
        return self.ratio >= self.goal


def table(lines):
    """Return the table, with how ours changes from the first size to the others."""
    first = {}
    for one in lines:
        first.setdefault((one.page, one.beside), one)
    rows = [row(one, first[one.page, one.beside]) for one in lines]
    return "\n".join([HEAD, *rows, FOOT])


def row(one, first=None):
    """Return the row of `one`, with how long it takes for once it took at the size of `first`."""
    grown = median((first or one).ours) / median(one.ours)
    measured = f"{median(one.ours):>8.1f}{median(one.floor):>8.1f}{one.ratio:>9.0%}{one.goal:>6.0%}"
    return f"{one.tickets:>9}  {one.page:<35}{one.beside:<20}{measured}{_words(one):>5}{grown:>7.2f}×"


def _words(one):
    return "oui" if one.is_met else "NON"


def write_json(lines, path: Path):
    """Write every figure to `path`."""
    rows = [asdict(one) | {"ratio": one.ratio, "is_met": one.is_met} for one in lines]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
