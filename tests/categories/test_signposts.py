"""What is not asked for here: pages, loading, the administrators' room."""

import re

import pytest
from django.urls import reverse

from categories.models import Signpost
from categories.signposts import load_shipped, load_signposts, save_signpost
from tests.pages import words_of

LIST = "/ailleurs/"


@pytest.fixture
def housing(db):
    signpost = Signpost(
        slug="logement", title="Logement", body="Au **CROUS**.", url="https://crous.example.org/"
    )
    return save_signpost(signpost)


# --- pages -----------------------------------------------------------------------------------------------
def test_a_page_says_where_to_go_and_dates_itself(client, housing):
    page = client.get(housing.get_absolute_url())

    assert housing.get_absolute_url() == "/ailleurs/logement/"
    assert "<strong>CROUS</strong>" in page.content.decode()
    assert 'href="https://crous.example.org/"' in page.content.decode()
    assert "Dernière mise à jour" in words_of(page)


def test_what_staff_write_is_never_a_program(client, housing):
    housing.body = "<script>alert(1)</script> [ici](javascript:alert(2))"
    save_signpost(housing)
    page = client.get(housing.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_unpublished_it_is_nowhere(client, housing):
    housing.is_published = False
    save_signpost(housing)

    assert client.get(housing.get_absolute_url()).status_code == 404
    assert "Logement" not in words_of(client.get(LIST))
    assert "Logement" not in words_of(client.get("/themes/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query(client, db, count, django_assert_num_queries):
    for rank in range(count):
        save_signpost(Signpost(slug=f"s-{rank}", title=f"Ailleurs {rank}", body="Là.", position=-rank + 9))

    with django_assert_num_queries(1):
        page = client.get(LIST)
    assert re.findall(r'href="/ailleurs/([^/]+)/"', page.content.decode()) == [
        f"s-{rank}" for rank in reversed(range(count))
    ]


def test_an_empty_list_says_whom_to_ask(client, db):
    assert "La scolarité de votre composante" in words_of(client.get(LIST))


def test_the_tree_leads_to_each_and_to_the_list(client, housing):
    page = client.get("/themes/").content.decode()

    assert [f'href="{path}"' in page for path in ("/ailleurs/", "/ailleurs/logement/")] == [True, True]


# --- loading ---------------------------------------------------------------------------------------------
def test_shipped_pages_are_loaded_once_and_staff_keep_what_they_change(db, django_assert_num_queries):
    expected = load_shipped(dry_run=True)
    assert Signpost.objects.count() == 0
    assert load_shipped() == expected
    assert {"parcoursup", "mon-master", "bourse-et-logement-crous", "cvec", "ecandidat"} <= set(expected)

    parcoursup = Signpost.objects.get(slug="parcoursup")
    parcoursup.title = "Autrement"
    save_signpost(parcoursup)

    assert [load_shipped(), load_shipped(dry_run=True)] == [[], []]
    assert Signpost.objects.get(slug="parcoursup").title == "Autrement"


def test_shipped_pages_are_all_sound(client, db):
    load_shipped()

    for signpost in Signpost.objects.published():
        page = client.get(signpost.get_absolute_url())
        assert page.status_code == 200
        assert signpost.body
        assert len(signpost.synonyms.splitlines()) >= 4
        assert not signpost.url or (signpost.url.startswith("https://") and signpost.url_label)
        assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "document",
    ["", "signposts: 3", "signposts: [{slug: a}]", "- : [", "autre: []"],
)
def test_a_document_that_is_no_list_is_refused_and_nothing_is_written(db, document):
    with pytest.raises(ValueError, match="n’est pas une liste"):
        load_signposts(document)
    assert Signpost.objects.count() == 0


def test_an_incomplete_page_is_refused_and_nothing_is_written(db):
    document = "signposts: [{slug: a, title: A, body: A}, {slug: b, title: '', body: B}]"

    with pytest.raises(ValueError, match="« b » n’est pas complète"):
        load_signposts(document)
    assert Signpost.objects.count() == 0


# --- administrators --------------------------------------------------------------------------------------
ADD = "admin:categories_signpost_add"


def test_an_administrator_writes_a_page_whose_address_is_then_kept(client_of, adam, client):
    given = {
        "title": "CAF",
        "slug": "caf",
        "body": "À la CAF.",
        "synonyms": "apl",
        "position": "1",
        "is_published": "on",
    }
    browser = client_of(adam)
    browser.post(reverse(ADD), given)
    signpost = Signpost.objects.get()
    change = reverse("admin:categories_signpost_change", args=[signpost.pk])
    browser.post(change, given | {"slug": "autre", "title": "CAF et APL"})

    assert (signpost.slug, Signpost.objects.get().title) == ("caf", "CAF et APL")
    assert Signpost.objects.get().slug == "caf"
    assert Signpost.objects.get().updated_at > signpost.updated_at
    assert "CAF et APL" in words_of(browser.get(reverse("admin:categories_signpost_changelist")))
    assert client.get("/ailleurs/caf/").status_code == 200


def test_a_text_that_could_not_be_read_by_all_is_refused(client_of, adam):
    given = {
        "title": "CAF",
        "slug": "caf",
        "body": "Cliquez [ici](https://caf.example.org/).",
        "position": "1",
    }
    page = client_of(adam).post(reverse(ADD), given)

    assert page.status_code == 200
    assert "Ligne 1" in words_of(page)
    assert Signpost.objects.count() == 0


def test_nobody_else_enters(client_of, mathilde, lea):
    assert [client_of(person).get(reverse(ADD)).status_code for person in (mathilde, lea)] == [404, 404]
