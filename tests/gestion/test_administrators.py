"""Roles and services, written by administrators through the services."""

import pytest
from django.urls import reverse

from accounts.models import User
from categories.models import Role, Service
from categories.roles import grant_role


@pytest.fixture
def adams(client_of, adam):
    """The browser of the administrator."""
    return client_of(adam)


def is_staff(person):
    return User.objects.get(pk=person.pk).is_staff


# --- roles -------------------------------------------------------------------------------------------
def test_role_given_opens_the_workbench(adams, lea, studies):
    answers = {"login": "LEA.Fontaine ", "category": studies.pk, "kind": "handler"}

    response = adams.post(reverse("admin:categories_role_add"), answers)

    assert response.status_code == 302
    assert list(Role.objects.values_list("user", "category", "kind")) == [(lea.pk, studies.pk, "handler")]
    assert is_staff(lea)


def test_role_given_twice_replaces_the_first(adams, claire, studies):
    answers = {"login": "claire.dumas", "category": studies.pk, "kind": "manager"}

    adams.post(reverse("admin:categories_role_add"), answers)

    assert list(Role.objects.values_list("user", "kind")) == [(claire.pk, "manager")]


def test_role_for_nobody_is_refused(adams, studies):
    answers = {"login": "personne.ici", "category": studies.pk, "kind": "handler"}

    response = adams.post(reverse("admin:categories_role_add"), answers)

    assert "Personne ne se connecte ainsi." in response.content.decode()
    assert not Role.objects.exists()


def test_role_changes_kind_and_keeps_person_and_theme(adams, claire, bruno, studies, finances):
    role = claire.roles.get()
    answers = {"kind": "observer", "user": bruno.pk, "category": finances.pk, "login": "bruno.garnier"}

    adams.post(reverse("admin:categories_role_change", args=[role.pk]), answers)

    role.refresh_from_db()
    assert (role.user, role.category, role.kind) == (claire, studies, "observer")


def test_last_role_taken_back_closes_the_workbench(adams, claire):
    adams.post(reverse("admin:categories_role_delete", args=[claire.roles.get().pk]), {"post": "yes"})

    assert not Role.objects.exists()
    assert not is_staff(claire)


def test_roles_taken_back_together_close_the_workbench_of_each(adams, claire, bruno, finances):
    kept = grant_role(bruno, finances, "handler")
    also = grant_role(claire, finances, "handler")
    chosen = [*claire.roles.values_list("pk", flat=True)]
    answers = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}

    adams.post(reverse("admin:categories_role_changelist"), answers)

    assert list(Role.objects.all()) == [kept]
    assert also.pk in chosen
    assert (is_staff(claire), is_staff(bruno)) == (False, True)


@pytest.mark.parametrize("page", ["changelist", "add"])
def test_pages_of_roles_are_clean(page, adams, claire):
    assert adams.get(reverse(f"admin:categories_role_{page}")).status_code == 200


def test_deletion_is_confirmed_on_a_page(adams, claire):
    role = claire.roles.get()
    answers = {"action": "delete_selected", "index": "0", "_selected_action": [role.pk]}

    pages = [
        adams.get(reverse("admin:categories_role_delete", args=[role.pk])),
        adams.post(reverse("admin:categories_role_changelist"), answers),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert Role.objects.count() == 1


# --- services ---------------------------------------------------------------------------------------------
def test_service_is_written_with_all_its_mentions(adams, service):
    address = reverse("admin:categories_service_change", args=[service.pk])
    answers = {"slug": service.slug, "name": "Scolarité", "email": service.email, "phone": service.phone}

    refused = adams.post(address, answers | {"postal_address": ""})
    written = adams.post(address, answers | {"postal_address": "1 place Neuve, 13000 Marseille"})

    assert (refused.status_code, written.status_code) == (200, 302)
    assert Service.objects.get(pk=service.pk).name == "Scolarité"


@pytest.mark.parametrize("room", ["category", "service"])
def test_themes_and_services_are_never_deleted(room, adams, transcripts, service):
    row = {"category": transcripts, "service": service}[room]

    response = adams.post(reverse(f"admin:categories_{room}_delete", args=[row.pk]), {"post": "yes"})

    assert response.status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()
