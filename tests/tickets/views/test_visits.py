"""Bookmarks and history: one's own, and of what one may still see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import file_ticket, ticket_in
from tests.pages import words_of
from tickets.models import Ticket, Visit

pytestmark = pytest.mark.django_db
SHELF = "/signets/"


def mark(browser, ticket, on="1", following=""):
    address = reverse("tickets:bookmark", args=[ticket.reference])
    return browser.post(address, {"on": on, "next": following})


def marked(browser):
    return [row.ticket.subject for row in browser.get(SHELF).context["marked"]]


def opened(browser):
    return [row.ticket.subject for row in browser.get(SHELF).context["opened"]]


@pytest.fixture
def tickets(lea, transcripts):
    return [
        file_ticket(lea, transcripts, subject=subject) for subject in ("Premier", "Deuxième", "Troisième")
    ]


def test_bookmarks_are_the_latest_first_and_may_be_taken_off(client_of, lea, tickets, time_machine):
    browser = client_of(lea)
    for hour, ticket in enumerate(tickets):
        time_machine.move_to(f"2026-03-02T0{hour + 8}:00:00+00:00", tick=False)
        mark(browser, ticket)
    mark(browser, tickets[0])  # a second time changes nothing

    assert marked(browser) == ["Troisième", "Deuxième", "Premier"]

    mark(browser, tickets[1], on="0")

    assert marked(browser) == ["Troisième", "Premier"]


def test_history_is_what_was_opened_latest_first(client_of, lea, tickets, time_machine):
    browser = client_of(lea)
    for minute, ticket in enumerate([tickets[0], tickets[2], tickets[0]]):
        time_machine.move_to(f"2026-03-02T09:{minute * 15:02}:00+00:00", tick=False)
        browser.get(ticket.get_absolute_url())

    assert opened(browser) == ["Premier", "Troisième"]


def test_page_opened_again_at_once_writes_nothing(client_of, lea, tickets, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+00:00", tick=False)
    browser, ticket = client_of(lea), tickets[0]
    browser.get(ticket.get_absolute_url())
    first = Visit.objects.get()

    time_machine.shift(timedelta(minutes=9))
    browser.get(ticket.get_absolute_url())

    assert Visit.objects.get().at == first.at

    time_machine.shift(timedelta(minutes=2))
    browser.get(ticket.get_absolute_url())

    assert (Visit.objects.get().pk, Visit.objects.get().at > first.at) == (first.pk, True)


def test_opening_keeps_the_bookmark(client_of, lea, tickets, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+00:00", tick=False)
    browser = client_of(lea)
    mark(browser, tickets[0])

    time_machine.shift(timedelta(hours=1))
    page = words_of(browser.get(tickets[0].get_absolute_url()))

    assert ("Retirer le signet" in page, marked(browser)) == (True, ["Premier"])


def test_nobody_sees_the_bookmarks_of_another(client_of, lea, ines, claire, tickets):
    mark(client_of(lea), tickets[0])

    assert [marked(client_of(person)) for person in (lea, ines, claire)] == [["Premier"], [], []]


def test_what_one_may_not_see_any_more_is_gone(client_of, claire, tickets):
    browser = client_of(claire)
    browser.get(tickets[0].get_absolute_url())
    mark(browser, tickets[0])
    claire.roles.all().delete()

    assert (marked(browser), opened(browser)) == ([], [])


def test_request_of_somebody_else_takes_no_bookmark(client_of, ines, tickets):
    answer = mark(client_of(ines), tickets[0])

    assert (answer.status_code, Visit.objects.count()) == (404, 0)


@pytest.mark.parametrize(
    ("following", "leads_to"), [("/signets/", "/signets/"), ("https://evil.example/", ""), ("//evil", "")]
)
def test_bookmark_leads_back_on_this_site_only(client_of, lea, tickets, following, leads_to):
    answer = mark(client_of(lea), tickets[0], following=following)

    assert answer["Location"] == (leads_to or tickets[0].get_absolute_url())


def test_a_get_puts_no_bookmark(client_of, lea, tickets):
    answer = client_of(lea).get(reverse("tickets:bookmark", args=[tickets[0].reference]), {"on": "1"})

    assert (answer.status_code, Visit.objects.count()) == (405, 0)


def test_empty_shelf_says_what_comes_there(client_of, lea):
    page = words_of(client_of(lea).get(SHELF))

    assert "Aucun signet." in page
    assert "Les demandes que vous ouvrez apparaîtront ici." in page


@pytest.mark.parametrize("count", [1, 3])
def test_shelf_costs_the_same_whatever_it_holds(
    client_of, lea, transcripts, tickets, count, django_assert_num_queries
):
    browser = client_of(lea)
    for ticket in Ticket.objects.order_by("pk")[:count]:
        mark(browser, ticket)
    browser.get(SHELF)

    with django_assert_num_queries(4):
        browser.get(SHELF)


def test_ended_request_may_be_marked(client_of, lea, claire, transcripts):
    ticket = ticket_in("approved", requester=lea, category=transcripts, handler=claire, subject="Finie")
    browser = client_of(lea)
    mark(browser, ticket)

    assert marked(browser) == ["Finie"]


def desk(ticket):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def test_staff_mark_a_request_at_the_desk_and_find_it_there(client_of, claire, lea, tickets):
    browser, ticket = client_of(claire), tickets[1]
    offered = words_of(browser.get(desk(ticket)))

    answer = mark(browser, ticket, following=desk(ticket))

    assert "Poser un signet" in offered
    assert answer["Location"] == desk(ticket)
    assert "Retirer le signet" in words_of(browser.get(desk(ticket)))
    rows = browser.get(SHELF).context
    assert [(row.url, row.label) for row in (*rows["marked"], *rows["opened"])] == [
        (desk(ticket), "Déposée (libre)")
    ] * 2
    assert client_of(lea).get(SHELF).context["marked"] == []


def test_own_request_of_staff_leads_to_the_page_of_requesters(client_of, claire, transcripts):
    ticket, browser = file_ticket(claire, transcripts), client_of(claire)
    browser.get(ticket.get_absolute_url())

    assert [row.url for row in browser.get(SHELF).context["opened"]] == [ticket.get_absolute_url()]


def test_page_fetched_beforehand_is_no_visit(client_of, claire, tickets):
    client_of(claire).get(desk(tickets[0]), headers={"sec-purpose": "prefetch"})

    assert not Visit.objects.exists()
