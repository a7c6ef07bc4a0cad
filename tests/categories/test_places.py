"""A theme may stand at two places, or lead to the one that replaces it; never in a circle."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from categories.models import Category
from categories.places import destination_of, replacement_of
from categories.services import save_theme
from tests.factories import BranchFactory, LeafFactory


def refused(category, **changes):
    """Return the fields at which these changes are refused, and the sentences."""
    for name, value in changes.items():
        setattr(category, name, value)
    with pytest.raises(ValidationError) as refusal:
        save_theme(category)
    return refusal.value.message_dict


def test_a_branch_is_not_put_below_itself(studies, enrolment, late_enrolment):
    assert list(refused(studies, parent=enrolment)) == ["parent"]
    studies.refresh_from_db()
    assert list(refused(studies, parent=studies)) == ["parent"]


def test_a_second_place_leads_to_its_theme(finances, transcripts):
    alias = save_theme(Category(slug="releves", name="Relevés", parent=finances, alias_of=transcripts))

    assert destination_of(alias) == transcripts
    assert replacement_of("releves") == transcripts
    assert list(transcripts.aliases.all()) == [alias]


def test_a_second_place_has_nothing_of_its_own(finances, transcripts, refunds):
    alias = BranchFactory(parent=finances)

    fields = refused(
        alias,
        alias_of=transcripts,
        is_leaf=True,
        is_published=False,
        service=refunds.service,
        redirect_to=refunds,
    )

    assert sorted(fields) == ["is_leaf", "redirect_to", "service"]


def test_a_second_place_leads_to_a_theme_at_its_first_place(finances, studies, transcripts):
    alias = BranchFactory(parent=finances, alias_of=transcripts)

    assert list(refused(BranchFactory(), alias_of=alias)) == ["alias_of"]
    assert list(refused(BranchFactory(), alias_of=studies)) == ["alias_of"]
    assert list(refused(alias, alias_of=alias)) == ["alias_of"]


def test_nothing_is_put_below_a_second_place(finances, transcripts):
    alias = BranchFactory(parent=finances, alias_of=transcripts)

    assert list(refused(BranchFactory(), parent=alias)) == ["parent"]


def test_a_branch_that_holds_themes_is_no_second_place(studies, late_enrolment, enrolment, refunds):
    assert list(refused(enrolment, alias_of=refunds)) == ["alias_of"]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_redirections_never_go_round(db, length):
    chain = [LeafFactory() for _ in range(length)]
    for one, following in pairwise(chain):
        one.redirect_to = following
        save_theme(one)

    assert list(refused(chain[-1], redirect_to=chain[0])) == ["redirect_to"]


def test_a_theme_is_replaced_by_a_theme(transcripts, studies):
    assert list(refused(transcripts, redirect_to=studies)) == ["redirect_to"]


def test_a_chain_is_followed_to_its_end(db, django_assert_num_queries):
    last = LeafFactory(slug="dernier")
    middle = LeafFactory(redirect_to=last, is_published=False)
    LeafFactory(slug="premier", redirect_to=middle, is_published=False)

    with django_assert_num_queries(2):
        assert replacement_of("premier") == last


def test_a_circle_leads_nowhere(db):
    """No service makes one; a hand in the database may."""
    first = LeafFactory(slug="a")
    second = LeafFactory(redirect_to=first)
    Category.objects.filter(pk=first.pk).update(redirect_to=second)
    first.refresh_from_db()

    assert destination_of(first) is None
    assert replacement_of("a") is None


@pytest.mark.parametrize("slug", ["releve-de-notes", "inconnu", "vers-rien"])
def test_what_leads_nowhere_else_has_no_replacement(transcripts, slug):
    LeafFactory(slug="vers-rien", redirect_to=LeafFactory(is_published=False))

    assert replacement_of(slug) is None
