"""The published tree, ready to be drawn."""

from dataclasses import dataclass, field

from categories.models import Category


@dataclass
class Node:
    """One line of the tree: a branch with `children`, or a leaf that takes requests."""

    category: Category
    children: list["Node"] = field(default_factory=list)


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
