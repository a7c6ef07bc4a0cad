"""Views kept under a name: made from the list, shared, renamed, deleted; each reader keeps her own rights."""

import pytest
from django.urls import reverse

from categories.enums import RoleKind
from categories.roles import grant_role
from tests import factories
from tickets.admin.saved_views import view_rows
from tickets.models import SavedView
from tickets.services import worklist
from tickets.services.worklist import TooManyViewsError, save_view

NEW = reverse("admin:tickets_ticket_new_view")
VIEWS = reverse("admin:tickets_ticket_views")


def place(name, view):
    return reverse(f"admin:tickets_ticket_{name}", args=[view.pk])


@pytest.fixture
def hers(claire):
    """A view of Claire's, kept to herself."""
    return save_view(claire, name="À prendre", query="vue=a-prendre", is_shared=False)


def offered(person):
    return [row["view"].name for row in view_rows(person)]


def test_view_is_made_of_what_the_list_was_asked(client_of, claire):
    browser = client_of(claire)

    answer = browser.post(f"{NEW}?tri=age&vue=en-retard&p=7&zz=1&q=carte", {"name": "Cartes"})

    kept = SavedView.objects.get()
    assert (kept.owner, kept.name, kept.query, kept.is_shared) == (
        claire,
        "Cartes",
        "vue=en-retard&q=carte&tri=age",
        False,
    )
    assert answer["Location"] == reverse("admin:tickets_ticket_changelist") + "?" + kept.query


def test_list_offers_to_keep_it_and_shows_which_view_is_read(client_of, claire, hers):
    page = client_of(claire).get(reverse("admin:tickets_ticket_changelist"), {"vue": "a-prendre"})

    assert f'href="{NEW}?vue=a-prendre"' in page.content.decode()
    assert [(row["view"], row["is_current"]) for row in page.context["cl"].saved_views] == [(hers, True)]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Donnez un nom à la vue."), ("À prendre", str(worklist.NameTakenError()))],
    ids=["empty", "taken"],
)
def test_name_that_will_not_do_is_said(name, sentence, client_of, claire, hers):
    answer = client_of(claire).post(f"{NEW}?vue=toutes", {"name": name})

    assert answer.context["form"].errors == {"name": [sentence]}
    assert SavedView.objects.count() == 1


def test_views_are_not_without_number(claire, hers, monkeypatch):
    monkeypatch.setattr(worklist, "MOST_VIEWS", 1)

    with pytest.raises(TooManyViewsError):
        save_view(claire, name="Une de plus", query="", is_shared=False)


def test_shared_view_is_offered_to_those_who_have_a_theme_in_common(
    claire, colette, oscar, bruno, adam, lea, enrolment
):
    save_view(claire, name="Pour tous", query="vue=toutes", is_shared=True)
    save_view(claire, name="Pour moi", query="vue=toutes", is_shared=False)
    below = factories.PersonFactory(login="basile.noir")
    grant_role(below, enrolment, RoleKind.HANDLER)

    assert offered(claire) == ["Pour moi", "Pour tous"]
    assert {who: offered(who) for who in (colette, oscar, below)} == {
        who: ["Pour tous"] for who in (colette, oscar, below)
    }
    assert {who: offered(who) for who in (bruno, lea)} == {bruno: [], lea: []}


def test_own_views_come_first(claire, colette):
    save_view(claire, name="Archives", query="vue=toutes", is_shared=True)
    save_view(colette, name="Zones", query="vue=toutes", is_shared=False)

    assert offered(colette) == ["Zones", "Archives"]


def test_view_of_a_branch_is_not_offered_within_a_confidential_theme(claire, alert):
    save_view(claire, name="Pour tous", query="vue=toutes", is_shared=True)
    listener = factories.handler_on(alert)

    assert offered(listener) == []


def test_view_shared_below_is_offered_to_who_holds_the_branch(claire, enrolment):
    below = factories.PersonFactory(login="basile.noir")
    grant_role(below, enrolment, RoleKind.HANDLER)
    save_view(below, name="Inscriptions", query="theme=inscription", is_shared=True)

    assert offered(claire) == ["Inscriptions"]


def test_shared_view_shows_its_reader_what_she_may_see_and_no_more(
    client_of, claire, lea, transcripts, late_enrolment, enrolment
):
    factories.file_ticket(lea, transcripts, subject="Relevé perdu")
    mine = factories.file_ticket(lea, late_enrolment, subject="Relevé pour inscription")
    view = save_view(claire, name="Relevés", query="q=relev%C3%A9&theme=releve", is_shared=True)
    below = factories.PersonFactory(login="basile.noir")
    grant_role(below, enrolment, RoleKind.HANDLER)

    page = client_of(below).get(view_rows(below)[0]["url"])

    assert view.query in page.wsgi_request.get_full_path()
    assert [row.ticket for row in page.context["cl"].rows] == [mine]
    assert "Relevé perdu" not in page.content.decode()


def test_owner_renames_shares_and_deletes(client_of, claire, hers):
    browser = client_of(claire)

    browser.post(place("edit_view", hers), {"name": "Libres", "is_shared": "on"})
    hers.refresh_from_db()
    asked = browser.get(place("remove_view", hers))

    assert (hers.name, hers.is_shared) == ("Libres", True)
    assert "Vous allez supprimer la vue «\u00a0Libres\u00a0»." in asked.content.decode()
    assert SavedView.objects.count() == 1

    assert browser.post(place("remove_view", hers))["Location"] == VIEWS
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("name", ["edit_view", "remove_view"])
def test_nobody_else_changes_a_view_even_shared(name, client_of, claire, colette, hers):
    worklist.change_view(hers, name=hers.name, is_shared=True)
    browser = client_of(colette)

    for answer in (browser.get(place(name, hers)), browser.post(place(name, hers), {"name": "Volée"})):
        assert answer.status_code == 404
    assert SavedView.objects.get().name == "À prendre"


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_views_costs_the_same_for_one_and_for_three(
    number, client_of, claire, django_assert_num_queries
):
    for rank in range(number):
        save_view(claire, name=f"Vue {rank}", query="vue=toutes", is_shared=True)
    browser = client_of(claire)

    with django_assert_num_queries(3):  # session, person, views
        page = browser.get(VIEWS)

    assert len(page.context["rows"]) == number


@pytest.mark.parametrize("address", [NEW, VIEWS])
def test_views_do_not_exist_for_requesters(address, client_of, lea):
    assert client_of(lea).get(address).status_code == 404
