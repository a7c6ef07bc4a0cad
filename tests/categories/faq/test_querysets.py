"""Who sees which question: every kind of person before every audience."""

import pytest
from django.contrib.auth.models import AnonymousUser

from categories.enums import FaqAudience
from categories.models import FaqEntry
from tests.factories import LeafFactory, LocalPersonFactory, PersonFactory, handler_on

AUDIENCES = ("everybody", "signed_in", "theme_users", "handlers")


def make(slug, *themes, audience="everybody", parent=None, **fields):
    """Return a question in the database, as it would be after any mishap."""
    entry = FaqEntry.objects.create(
        slug=slug, title=slug, body="Oui.", audience=audience, parent=parent, **fields
    )
    entry.categories.set(themes)
    return entry


def seen_by(user):
    return sorted(FaqEntry.objects.visible_to(user).values_list("slug", flat=True))


@pytest.fixture
def theme(studies):
    """A theme of students and associations, with a question for each audience."""
    theme = LeafFactory(slug="bourses", parent=studies, audience=["etudiant", "association"])
    for audience in AUDIENCES:
        make(audience.replace("_", "-"), theme, audience=audience)
    return theme


PEOPLE = {
    "nobody": lambda theme: AnonymousUser(),
    "student": lambda theme: PersonFactory(affiliations=["student"]),
    "staff": lambda theme: PersonFactory(affiliations=["employee"]),
    "member of whom nothing is said": lambda theme: PersonFactory(),
    "outsider": lambda theme: LocalPersonFactory(),
    "company": lambda theme: LocalPersonFactory(body_kind="company", body_name="Exemple"),
    "association": lambda theme: LocalPersonFactory(body_kind="association", body_name="Exemple"),
    "handler of the theme": lambda theme: handler_on(theme, affiliations=["employee"]),
    "observer above the theme": lambda theme: handler_on(theme.parent, "observer", affiliations=["employee"]),
    "manager of another theme": lambda theme: handler_on(LeafFactory(), "manager", affiliations=["employee"]),
    "administrator": lambda theme: PersonFactory(is_superuser=True, is_staff=True, affiliations=["employee"]),
}
ALL = ["everybody", "handlers", "signed-in", "theme-users"]
MEANT = ["everybody", "signed-in", "theme-users"]
SIGNED_IN = ["everybody", "signed-in"]
SEES = {
    "nobody": ["everybody"],
    "student": MEANT,
    "staff": SIGNED_IN,
    "member of whom nothing is said": MEANT,
    "outsider": SIGNED_IN,
    "company": SIGNED_IN,
    "association": MEANT,
    "handler of the theme": ALL,
    "observer above the theme": ALL,
    "manager of another theme": SIGNED_IN,
    "administrator": ALL,
}


@pytest.mark.parametrize("kind", PEOPLE)
def test_each_person_sees_her_audiences(theme, kind):
    assert seen_by(PEOPLE[kind](theme)) == SEES[kind]


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("above", AUDIENCES)
def test_what_a_heading_hides_its_questions_hide(theme, kind, above):
    heading = FaqEntry.objects.get(slug=above.replace("_", "-"))
    make("below", parent=make("middle", parent=heading))

    is_seen = "below" in seen_by(PEOPLE[kind](theme))

    assert is_seen == (heading.slug in SEES[kind])


def test_an_unpublished_heading_hides_its_questions(db):
    heading = make("rubrique", is_published=False)
    make("dessous", parent=heading)
    make("ailleurs")

    assert seen_by(AnonymousUser()) == ["ailleurs"]
    assert list(FaqEntry.objects.published().values_list("slug", flat=True)) == ["ailleurs"]


def test_a_theme_that_names_no_public_is_for_whoever_is_signed_in(late_enrolment):
    make("question", late_enrolment, audience=FaqAudience.THEME_USERS)

    assert seen_by(LocalPersonFactory()) == ["question"]
    assert seen_by(AnonymousUser()) == []


@pytest.mark.parametrize("audience", ["theme_users", "handlers"])
def test_without_a_theme_nobody_is_meant(adam, lea, audience):
    make("orpheline", audience=audience)

    assert seen_by(lea) == []
    assert seen_by(adam) == []


def test_a_role_above_does_not_enter_a_confidential_theme(claire, adam, alert):
    make("secrete", alert, audience=FaqAudience.HANDLERS)

    assert seen_by(claire) == []
    assert seen_by(adam) == []
    assert seen_by(handler_on(alert)) == ["secrete"]


def test_one_of_several_themes_is_enough(lea):
    lea.affiliations = ["student"]
    staff, students = LeafFactory(audience=["personnel"]), LeafFactory(audience=["etudiant"])
    make("commune", staff, students, audience=FaqAudience.THEME_USERS)

    assert seen_by(lea) == ["commune"]


def test_seeing_is_one_query(theme, django_assert_num_queries):
    person = PEOPLE["student"](theme)

    with django_assert_num_queries(1):
        assert len(FaqEntry.objects.visible_to(person)) == 3


def test_answers_leave_headings_out(db):
    heading = make("rubrique")
    FaqEntry.objects.filter(pk=heading.pk).update(body="")
    make("question", parent=heading)

    assert [entry.slug for entry in FaqEntry.objects.answers()] == ["question"]
