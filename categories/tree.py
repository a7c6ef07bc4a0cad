"""The published tree, ready to be drawn."""

import unicodedata
from dataclasses import dataclass, field

from categories.models import Category


@dataclass
class Node:
    """One line of the tree: a branch with `children`, or a leaf that takes requests.

    Filtered out is `is_hidden`; a branch that holds a theme found is `is_open`.
    """

    category: Category
    children: list["Node"] = field(default_factory=list)
    is_hidden: bool = False
    is_open: bool = False


def nested_tree():
    """Return the list of root Nodes of the published tree, in order; branches without leaves are left out.

    One query whatever the size: a few hundred themes are read and nested in memory.
    """
    rows = Category.objects.published().only(
        "slug", "name", "parent_id", "is_leaf", "service_id", "position", "kind"
    )
    nodes = {row.pk: Node(row) for row in rows.order_by("position", "pk")}
    roots = []
    for node in nodes.values():
        parent_id = node.category.parent_id
        if parent_id is None:
            roots.append(node)
        elif parent_id in nodes:
            nodes[parent_id].children.append(node)
    return _fruitful(roots)


def _fruitful(nodes):
    for node in nodes:
        node.children = _fruitful(node.children)
    return [node for node in nodes if node.children or node.category.is_leaf]


def filter_tree(nodes, asked):
    """Hide the leaves whose path lacks a word of `asked` and open the branches of the others.

    Accents and case do not count; part of a word is enough, as in the filter box (static/js/tree.js). Returns
    how many leaves are left, or None when nothing is asked.
    """
    words = _plain(asked).split()
    return sum(_filter(node, words, "") for node in nodes) if words else None


def _filter(node, words, above):
    path = f"{above} {_plain(node.category.name)}"
    if node.children:
        found = sum(_filter(child, words, path) for child in node.children)
    else:
        found = int(all(word in path for word in words))
    node.is_hidden, node.is_open = not found, bool(found)
    return found


def _plain(text):
    decomposed = unicodedata.normalize("NFD", text.replace("\x00", " ")).lower()
    return "".join(character for character in decomposed if not unicodedata.combining(character))
