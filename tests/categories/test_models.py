"""What must be true of services and themes is a constraint of the database."""

import pytest
from django.db import IntegrityError, transaction

from categories.models import Category, Role, Service
from categories.tree import nested_tree
from tests.factories import BranchFactory, LeafFactory, PersonFactory, ServiceFactory, file_ticket


def accepts(model, **values):
    """Whether the database takes these values for every row of `model`."""
    try:
        with transaction.atomic():
            model.objects.update(**values)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("name", ["name", "postal_address", "email", "phone"])
def test_service_has_all_four_legal_mentions(db, name):
    ServiceFactory()

    assert (accepts(Service, **{name: ""}), accepts(Service, **{name: "a@example.org"})) == (False, True)


@pytest.mark.parametrize(
    ("rule", "months", "accepted"),
    [
        ("none", None, True),
        ("none", 2, False),
        ("acceptance", 2, True),
        ("acceptance", None, False),
        ("refusal", 4, True),
        ("refusal", 0, False),
        ("refusal", None, False),
    ],
)
def test_silence_rule_has_months(db, rule, months, accepted):
    LeafFactory()

    assert accepts(Category, silence_rule=rule, silence_months=months) == accepted


def test_leaf_has_a_service(db):
    LeafFactory()
    assert not accepts(Category, service=None)

    assert accepts(Category, service=None, is_leaf=False)


def test_one_role_a_person_and_theme(db):
    person, theme = PersonFactory(), BranchFactory()
    Role.objects.create(user=person, category=theme)

    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=person, category=theme, kind="manager")


@pytest.mark.parametrize("thing", ["category", "service"])
def test_theme_and_service_of_a_request_are_not_deleted(lea, transcripts, thing):
    ticket = file_ticket(lea, transcripts)

    with pytest.raises(IntegrityError), transaction.atomic():
        getattr(ticket, thing).delete()


def drawn(nodes):
    return [(node.category.slug, drawn(node.children)) for node in nodes]


def test_published_tree(db):
    root = BranchFactory(slug="b", position=1)
    first = BranchFactory(slug="a", position=0)
    LeafFactory(slug="b2", parent=root, position=1)
    LeafFactory(slug="b1", parent=root, position=0)
    LeafFactory(slug="a1", parent=first)
    hidden = BranchFactory(slug="h", is_published=False)
    LeafFactory(slug="h1", parent=hidden)
    LeafFactory(slug="x", parent=first, is_published=False)
    BranchFactory(slug="barren", parent=BranchFactory(slug="dry"))

    assert drawn(nested_tree()) == [("a", [("a1", [])]), ("b", [("b1", []), ("b2", [])])]


@pytest.mark.parametrize("count", [1, 3])
def test_tree_costs_one_query(db, django_assert_num_queries, count):
    for _ in range(count):
        LeafFactory(parent=BranchFactory(parent=BranchFactory()))

    with django_assert_num_queries(1):
        assert len(nested_tree()) == count
