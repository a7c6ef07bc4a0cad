"""The room of the mails that came in: who reads what, and that nobody edits."""

import pytest
from django.urls import reverse

from notifications.inbound.reception import receive
from tests import factories

LIST = reverse("admin:notifications_incomingemail_changelist")


@pytest.fixture
def rows(lea, late_enrolment, alert, letter, ticket):
    """A reply to a request, one to a confidential request, and a mail to no request."""
    secret = factories.file_ticket(lea, alert)
    return {
        "request": receive(letter("Réponse ordinaire.")),
        "secret": receive(letter("Réponse secrète.", To=letter.address(secret))),
        "nobody": receive(letter("Bonjour.", To="demandes@tele-demande.example.org")),
    }


@pytest.mark.parametrize(
    ("person", "readable"),
    [
        ("claire", {"request"}),
        ("oscar", {"request"}),
        ("bruno", set()),
        ("adam", {"request", "nobody"}),
    ],
)
def test_room_shows_the_mails_of_requests_one_staffs(rows, client_of, request, person, readable):
    browser = client_of(request.getfixturevalue(person))

    listed = browser.get(LIST).context["cl"].queryset
    pages = {name: browser.get(page_of(row)).status_code for name, row in rows.items()}

    assert {name for name, row in rows.items() if row in listed} == readable
    assert {name for name, status in pages.items() if status == 200} == readable


def page_of(row):
    return reverse("admin:notifications_incomingemail_change", args=[row.pk])


def test_room_is_no_place_of_a_requester(rows, client_of, lea):
    assert client_of(lea).get(LIST).status_code == 404


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_nothing_is_added_changed_or_deleted(rows, client_of, adam, page):
    row = rows["request"]
    args = [] if page == "add" else [row.pk]

    answer = client_of(adam).post(
        reverse(f"admin:notifications_incomingemail_{page}", args=args), {"text": "x"}
    )

    row.refresh_from_db()
    assert (answer.status_code, row.text) == (404, "Réponse ordinaire.")
