"""Roles: asked up the tree, given and taken back; they open and close the staff's door."""

import pytest

from categories.enums import RoleKind, at_least
from categories.models import Category, Role
from categories.roles import grant_role, people_on, revoke_role, role_on
from tests.factories import BranchFactory, LeafFactory, PersonFactory, handler_on


@pytest.fixture
def below_alert(alert, service):
    return LeafFactory(parent=alert, service=service)


ROLES = {
    "lea": [None, None, None, None, None],
    "oscar": ["observer", "observer", None, None, None],
    "claire": ["handler", "handler", None, None, None],
    "mathilde": ["manager", "manager", None, None, None],
    "bruno": [None, None, None, None, "handler"],
    "adam": ["observer", "observer", None, None, "observer"],
}


@pytest.mark.parametrize("name", ROLES)
def test_role_on(request, transcripts, late_enrolment, alert, below_alert, refunds, name):
    person = request.getfixturevalue(name)
    themes = [transcripts, late_enrolment, alert, below_alert, refunds]

    assert [role_on(person, theme.pk) for theme in themes] == ROLES[name]


@pytest.mark.parametrize("high", RoleKind.values)
@pytest.mark.parametrize("low", RoleKind.values)
def test_strongest_role_of_the_line_counts(studies, late_enrolment, high, low):
    person = handler_on(studies, high)
    grant_role(person, late_enrolment, low)

    assert role_on(person, late_enrolment.pk) == max(high, low, key=RoleKind.values.index)
    assert role_on(person, studies.pk) == high


def test_role_on_a_confidential_theme_is_inherited_below_it(alert, below_alert):
    person = handler_on(alert)

    assert [role_on(person, theme.pk) for theme in (alert, below_alert)] == ["handler", "handler"]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (RoleKind.OBSERVER, ["Dumas", "Leroy", "Petit", "Roux"]),
        (RoleKind.HANDLER, ["Dumas", "Leroy", "Roux"]),
        (RoleKind.MANAGER, ["Leroy"]),
    ],
    ids=["observer", "handler", "manager"],
)
def test_people_on(claire, colette, oscar, mathilde, bruno, adam, late_enrolment, kind, names):
    inactive = handler_on(late_enrolment, RoleKind.MANAGER)
    inactive.is_active = False
    inactive.save(update_fields=["is_active"])

    assert [person.last_name for person in people_on(late_enrolment.pk, kind)] == names


def test_people_on_a_confidential_theme_are_its_own(claire, mathilde, alert, below_alert):
    guardian = handler_on(alert)

    assert [list(people_on(theme.pk)) for theme in (alert, below_alert)] == [[guardian], [guardian]]


def test_somebody_with_two_roles_is_listed_once(claire, transcripts):
    grant_role(claire, transcripts, RoleKind.MANAGER)

    assert list(people_on(transcripts.pk)) == [claire]


def test_role_opens_the_staff_s_door_and_the_last_one_closes_it(db):
    person, theme, other = PersonFactory(), LeafFactory(), LeafFactory()
    seen = []

    for act in (
        lambda: grant_role(person, theme, RoleKind.OBSERVER),
        lambda: grant_role(person, other, RoleKind.HANDLER),
        lambda: revoke_role(person.roles.get(category=theme)),
        lambda: revoke_role(person.roles.get(category=other)),
    ):
        act()
        person.refresh_from_db()
        seen.append(person.is_staff)

    assert seen == [True, True, True, False]


def test_administrator_keeps_the_door_open(adam, studies):
    role = grant_role(adam, studies, RoleKind.HANDLER)

    revoke_role(role)

    adam.refresh_from_db()
    assert adam.is_staff


def test_granting_again_replaces_the_kind(claire, studies):
    grant_role(claire, studies, RoleKind.OBSERVER)

    assert list(Role.objects.values_list("user", "category", "kind")) == [(claire.pk, studies.pk, "observer")]


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("observer", ["observer", "handler", "manager"]),
        ("handler", ["handler", "manager"]),
        ("manager", ["manager"]),
    ],
)
def test_at_least(kind, kinds):
    assert at_least(RoleKind(kind)) == kinds


def test_fileable_themes(db, service):
    shown = LeafFactory(service=service)
    LeafFactory(service=service, is_published=False)
    BranchFactory()

    assert list(Category.objects.fileable()) == [shown]


def test_themes_reached_by_a_role(claire, studies, enrolment, late_enrolment, transcripts, alert, refunds):
    reached = Category.objects.reached_by(claire).order_by("pk")

    assert list(reached) == [studies, enrolment, late_enrolment, transcripts]
    assert list(Category.objects.reached_by(claire, RoleKind.MANAGER)) == []


@pytest.mark.parametrize("name", ["lea", "claire", "adam"])
def test_asking_costs_few_queries(request, late_enrolment, django_assert_max_num_queries, name):
    person = request.getfixturevalue(name)

    with django_assert_max_num_queries(2):
        role_on(person, late_enrolment.pk)
    with django_assert_max_num_queries(1):
        list(people_on(late_enrolment.pk))
