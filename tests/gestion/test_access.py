"""Who enters the workbench, and what does not exist for whom."""

import pytest
from django.urls import reverse

from tests import factories

PAGES = {
    "index": lambda ticket: reverse("admin:index"),
    "list": lambda ticket: reverse("admin:tickets_ticket_changelist"),
    "page": lambda ticket: reverse("admin:tickets_ticket_change", args=[ticket.pk]),
    "move": lambda ticket: reverse("admin:tickets_ticket_move", args=[ticket.pk, "noter"]),
    "statistics": lambda ticket: reverse("admin:statistics"),
    "export": lambda ticket: reverse("admin:statistics_export", args=["volumes", "csv"]),
}
ROOMS = [
    "admin:categories_category_add",
    "admin:categories_service_changelist",
    "admin:categories_role_changelist",
    "admin:categories_role_add",
    "admin:accounts_user_changelist",
]


@pytest.fixture
def ticket(lea, transcripts):
    return factories.file_ticket(lea, transcripts)


@pytest.mark.parametrize("page", PAGES)
def test_handler_reads_every_page(page, client_of, claire, ticket):
    assert client_of(claire).get(PAGES[page](ticket)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_person_without_role_is_told_it_does_not_exist(page, client_of, lea, ticket):
    assert client_of(lea).get(PAGES[page](ticket)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_is_sent_to_the_one_login_page_and_back(page, client, ticket):
    response = client.get(PAGES[page](ticket), follow=True)

    assert response.redirect_chain[-1] == (f"{reverse('login')}?next={PAGES[page](ticket)}", 302)


@pytest.mark.parametrize("page", ["page", "move"])
def test_handler_of_another_theme_is_told_it_does_not_exist(page, client_of, bruno, ticket):
    assert client_of(bruno).get(PAGES[page](ticket)).status_code == 404


def test_nobody_handles_her_own_request(client_of, claire, transcripts):
    own = factories.file_ticket(claire, transcripts)

    assert client_of(claire).get(PAGES["page"](own)).status_code == 404


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_of_administrators_exist_for_them_only(room, client_of, adam, mathilde):
    assert client_of(adam).get(reverse(room)).status_code == 200
    assert client_of(mathilde).get(reverse(room)).status_code == 404


def test_administrator_reads_what_is_not_confidential(client_of, adam, ticket, marc, alert):
    secret = factories.file_ticket(marc, alert)

    assert client_of(adam).get(PAGES["page"](ticket)).status_code == 200
    assert client_of(adam).get(PAGES["page"](secret)).status_code == 404


@pytest.mark.parametrize(
    "path", ["password_change/", "autocomplete/", "jsi18n/", "tickets/", "tickets/ticket/add/", "login/"]
)
def test_pages_of_django_we_do_not_serve_do_not_exist(path, client_of, claire):
    assert client_of(claire).get(reverse("admin:index") + path).status_code == 404
