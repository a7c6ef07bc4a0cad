"""The published tree, ready to be drawn."""

from dataclasses import dataclass, field

from django.db.models import Q

from categories.models import Category

_DRAWN = ("slug", "name", "parent_id", "is_leaf", "position", "kind", "alias_of_id", "redirect_to_id")
# What the finder reads besides, and what it shows with a theme found.
_SEARCHED = ("summary", "synonyms", "audience", "manual_qualification")


@dataclass
class Node:
    """One line of the tree: a branch with `children`, or a leaf that leads to the page of `theme`.

    `theme` is the Category itself, or for a second place the one it leads to; None for a branch.
    """

    category: Category
    theme: Category | None = None
    children: list["Node"] = field(default_factory=list)


def nested_tree():
    """Return the list of root Nodes of the published tree, in order. One query whatever the size."""
    return nest(read_themes(_DRAWN))


def read_searched():
    """Return the Categories the finder reads, in order, with their texts. One query whatever the size."""
    return read_themes((*_DRAWN, *_SEARCHED))


def read_themes(fields):
    """Return what the tree is made of, in order: branches, second places, themes that take requests today.

    Themes replaced are among them: they are not drawn, but their words lead to what replaces them.
    """
    today = Category.objects.fileable().values("pk")
    wanted = Q(is_leaf=False) | Q(redirect_to__isnull=False) | Q(pk__in=today)
    return list(Category.objects.published().filter(wanted).only(*fields).order_by("position", "pk"))


def nest(rows):
    """Return the root Nodes of `rows` (see `read_themes`); branches without themes are left out."""
    nodes = {row.pk: Node(row) for row in rows if row.redirect_to_id is None}
    themes = {row.pk: row for row in rows if row.is_leaf and row.pk in nodes}
    roots = []
    for node in nodes.values():
        node.theme = themes.get(node.category.alias_of_id or node.category.pk)
        parent_id = node.category.parent_id
        if parent_id is None:
            roots.append(node)
        elif parent_id in nodes:
            nodes[parent_id].children.append(node)
    return _fruitful(roots)


def _fruitful(nodes):
    for node in nodes:
        node.children = _fruitful(node.children)
    return [node for node in nodes if node.children or node.theme]


def leaves(nodes, above=()):
    """Return (node, names of the branches above it) for each theme and second place, in the order drawn."""
    found = []
    for node in nodes:
        if node.theme:
            found.append((node, above))
        found.extend(leaves(node.children, (*above, node.category.name)))
    return found
