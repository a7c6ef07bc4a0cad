"""People, read by administrators; opened or closed through the service."""

import pytest
from django.urls import reverse

from accounts.models import User


@pytest.fixture
def adams(client_of, adam):
    """The browser of the administrator."""
    return client_of(adam)


def address(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def test_account_is_closed_and_capacity_said(adams, claire, client_of):
    browser = client_of(claire)

    response = adams.post(address(claire), {"capacity": "Gestionnaire de scolarité"})

    claire.refresh_from_db()
    assert response.status_code == 302
    assert (claire.is_active, claire.capacity) == (False, "Gestionnaire de scolarité")
    assert browser.get(reverse("admin:index")).status_code == 302


def test_nothing_else_of_a_person_is_written(adams, lea):
    before = User.objects.filter(pk=lea.pk).values().get()
    forged = {"identity": "cas:adam.colin", "email": "x@example.org", "is_superuser": "on", "is_staff": "on"}

    adams.post(address(lea), forged | {"is_active": "on", "password": "x", "last_name": "Autre"})

    assert User.objects.filter(pk=lea.pk).values().get() == before


def test_administrator_does_not_shut_herself_out(adams, adam):
    response = adams.post(address(adam), {"capacity": ""})

    adam.refresh_from_db()
    assert adam.is_active
    assert "Vous ne pouvez pas fermer votre propre compte." in response.content.decode()


def test_person_is_found_and_described_in_words(adams, lea, marc):
    response = adams.get(reverse("admin:accounts_user_changelist"), {"q": "aubert"})

    page = response.content.decode()
    assert "Marc Aubert" in page
    assert "externe" in page
    assert "Léa Fontaine" not in page


def test_no_page_shows_or_asks_a_password(adams, marc):
    page = adams.get(address(marc)).content.decode()

    assert marc.password not in page
    assert all(mark not in page for mark in ('type="password"', 'name="password'))


@pytest.mark.parametrize("page", ["add", "delete"])
def test_people_are_neither_added_nor_deleted(page, adams, lea):
    args = [lea.pk] if page == "delete" else []

    assert adams.post(reverse(f"admin:accounts_user_{page}", args=args), {"post": "yes"}).status_code == 404
    assert User.objects.filter(pk=lea.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_people_costs_the_same(number, adams, django_assert_num_queries, lea, marc, ines):
    User.objects.filter(pk__in=[lea.pk, marc.pk, ines.pk][number:]).delete()

    with django_assert_num_queries(4):  # session, person, count, rows
        adams.get(reverse("admin:accounts_user_changelist"))
