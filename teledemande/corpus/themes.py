"""What may be asked: the themes open today, each with its form and those who handle it."""

from dataclasses import dataclass
from random import Random

from accounts.models import User
from categories.models import Category, FormVersion
from categories.questionnaire.definition import Definition
from categories.questionnaire.lists import offered_by
from categories.questionnaire.versions import current_version, form_of


@dataclass(frozen=True)
class Theme:
    """A theme, its form in force, the answers its lists offer, and its team: `handlers` and a `manager`."""

    category: Category
    version: FormVersion | None
    form: Definition
    lists: dict[str, list[str]]
    handlers: list[User]
    manager: User
    is_confidential: bool


def anchors() -> dict[int, Category]:
    """Return for each theme (its pk) the place whose roles reach it: the root, or a confidential theme."""
    nodes = {node.pk: node for node in Category.objects.order_by("pk")}

    def anchor(node: Category) -> Category:
        return node if node.is_confidential or node.parent_id is None else anchor(nodes[node.parent_id])

    return {pk: anchor(node) for pk, node in nodes.items()}


def read_themes(teams: dict[int, tuple[list[User], User]], places: dict[int, Category]) -> list[Theme]:
    """Return the themes that take requests, in order; `teams`: pk of an anchor → its handlers, a manager."""
    return [_theme(one, teams[places[one.pk].pk], places[one.pk]) for one in Category.objects.fileable()]


def _theme(category: Category, team: tuple[list[User], User], place: Category) -> Theme:
    version = current_version(category)
    form = form_of(version)
    handlers, manager = team
    return Theme(
        category=category,
        version=version,
        form=form,
        lists=offered_by(form.questions),
        handlers=handlers,
        manager=manager,
        is_confidential=place.is_confidential,
    )


def popularity(rng: Random, themes: list[Theme]) -> list[float]:
    """Return the weight of each theme: a few are asked for all the time, most are rare."""
    ranks = list(range(1, len(themes) + 1))
    rng.shuffle(ranks)
    return [
        1 / (rank + 2) * (0.5 if theme.is_confidential else 1)
        for rank, theme in zip(ranks, themes, strict=True)
    ]
