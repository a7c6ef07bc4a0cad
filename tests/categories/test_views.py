"""The public pages of the themes."""

import pytest
from django.urls import reverse

from tests import factories
from tests.pages import words_of


@pytest.fixture
def themes(transcripts, late_enrolment, refunds):
    return [transcripts, late_enrolment, refunds]


def test_the_tree_shows_what_is_published_and_no_barren_branch(client, themes, service):
    factories.LeafFactory(name="Fermé", service=service, is_published=False)
    factories.BranchFactory(name="Sans rien")

    page = words_of(client.get(reverse("categories:tree")))

    assert ["Remboursement" in page, "Fermé" in page, "Sans rien" in page] == [True, False, False]


def test_a_sheet_says_who_handles_and_what_silence_means(client, transcripts, service):
    page = words_of(client.get(reverse("categories:sheet", args=[transcripts.slug])))

    assert service.phone in page
    assert "Sans réponse au bout de 2 mois, votre demande est acceptée." in page


@pytest.mark.parametrize("slug", ["etudes", "inconnu"])
def test_a_branch_has_no_sheet(client, studies, slug):
    assert client.get(reverse("categories:sheet", args=[slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_two_queries_whatever_its_size(
    client, studies, service, count, django_assert_num_queries
):
    for _theme in range(count):
        factories.LeafFactory(parent=studies, service=service)

    with django_assert_num_queries(2):  # the themes, what is asked for elsewhere
        client.get(reverse("categories:tree"))
