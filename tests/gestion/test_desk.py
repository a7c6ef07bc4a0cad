"""Beside the list: counters asked again, the way to a number, columns, unread marks, orders, neighbours."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from categories.enums import Priority
from tests import factories
from tickets.admin.columns import COLUMNS, USUAL, Display, display_of
from tickets.admin.orders import ORDERS, in_order
from tickets.admin.queues import count_queues
from tickets.models import ListDisplay, ReadMark, Ticket

LIST = reverse("admin:tickets_ticket_changelist")
DISPLAY = reverse("admin:tickets_ticket_display")


def page_of(ticket, query=""):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk]) + query


def shown(browser, **asked):
    return [row.ticket for row in browser.get(LIST, asked).context["cl"].rows]


def filed_before(days, *args, **words):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=days), tick=False):
        return factories.file_ticket(*args, **words)


# --- counters ----------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_counters_are_asked_again_for_three_queries(
    number, client_of, claire, bruno, lea, transcripts, django_assert_num_queries
):
    for _each in range(number):
        factories.file_ticket(lea, transcripts)
    browser, address = client_of(claire), reverse("admin:tickets_ticket_counters")

    with django_assert_num_queries(3):  # session, person, counts
        answer = browser.get(address)

    assert answer.json() == count_queues(claire)
    assert answer.json()["a-prendre"] == number
    assert "no-store" in answer["Cache-Control"]
    assert client_of(bruno).get(address).json()["a-prendre"] == 0
    assert client_of(lea).get(address).status_code == 404


# --- straight to a number ----------------------------
def test_number_leads_to_its_request(client_of, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    for number in (ticket.reference, ticket.reference.lower(), str(ticket.pk), f" {ticket.pk} "):
        answer = client_of(claire).get(reverse("admin:tickets_ticket_jump"), {"numero": number})
        assert answer["Location"] == page_of(ticket)


@pytest.mark.parametrize("number", ["", "999999", "TD-2026-999999", "inscription", "9" * 30, "²", "1\0"])
def test_number_of_nothing_leads_to_what_the_list_finds(number, client_of, claire, lea, transcripts):
    factories.file_ticket(lea, transcripts)

    answer = client_of(claire).get(reverse("admin:tickets_ticket_jump"), {"numero": number}, follow=True)

    assert answer.redirect_chain[0][0].startswith(LIST)
    assert answer.status_code == 200


def test_number_out_of_reach_leads_nowhere(client_of, bruno, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    answer = client_of(bruno).get(reverse("admin:tickets_ticket_jump"), {"numero": str(ticket.pk)})

    assert answer["Location"] == f"{LIST}?q={ticket.pk}"


# --- columns and shortcuts ----------------------------
def test_columns_are_those_chosen_then_those_of_everybody(client_of, claire, colette, lea, transcripts):
    factories.file_ticket(lea, transcripts)
    browser = client_of(claire)
    usual = browser.get(LIST).content.decode()

    browser.post(DISPLAY, {"columns": ["priority", "service"]})
    chosen = browser.get(LIST).content.decode()

    assert 'data-label="Thème"' in usual
    assert 'data-label="Priorité"' not in usual
    assert 'data-label="Thème"' not in chosen
    assert 'data-label="Priorité"' in chosen
    assert display_of(claire) == Display(("service", "priority"), has_shortcuts=False)
    assert display_of(colette) == Display(USUAL, has_shortcuts=True)

    browser.post(DISPLAY, {"reset": "1", "columns": ["event"]})
    assert display_of(claire) == Display()
    assert not ListDisplay.objects.exists()


def test_every_column_can_be_shown(client_of, claire, lea, transcripts):
    factories.file_ticket(lea, transcripts)
    browser = client_of(claire)

    browser.post(DISPLAY, {"columns": list(COLUMNS)})
    page = browser.get(LIST).content.decode()

    assert [page.count(f'data-label="{label}"') for label in COLUMNS.values()] == [1] * len(COLUMNS)


def test_unknown_column_is_refused(client_of, claire):
    answer = client_of(claire).post(DISPLAY, {"columns": ["password"]})

    assert list(answer.context["form"].errors) == ["columns"]
    assert not ListDisplay.objects.exists()


def test_shortcuts_can_be_switched_off(client_of, claire, lea, transcripts):
    first, second = (factories.file_ticket(lea, transcripts) for _each in range(2))
    browser = client_of(claire)
    pages = (LIST, page_of(first, "?vue=toutes"))

    assert [browser.get(page).content.count(b"data-shortcuts>") for page in pages] == [1, 2]
    browser.post(DISPLAY, {"columns": list(USUAL)})
    assert [browser.get(page).content.count(b"data-shortcuts") for page in pages] == [0, 0]
    assert second.pk


# --- what was not read ----------------------------
def unread(browser):
    return [row.ticket.is_unread for row in browser.get(LIST).context["cl"].rows]


def test_request_is_unread_until_its_page_is_opened(client_of, claire, colette, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    hers, theirs = client_of(claire), client_of(colette)
    assert "non lue" in hers.get(LIST).content.decode()

    hers.get(page_of(ticket))

    assert (unread(hers), unread(theirs)) == ([False], [True])
    assert "non lue" not in hers.get(LIST).content.decode()


def test_what_somebody_else_does_is_unread_not_what_she_does(client_of, claire, colette, lea, transcripts):
    ticket, browser = factories.file_ticket(lea, transcripts), client_of(claire)
    browser.get(page_of(ticket))

    factories.move(ticket, "take", claire)
    assert unread(browser) == [False]
    factories.move(ticket, "note", colette)
    assert unread(browser) == [True]
    browser.get(page_of(ticket))
    assert unread(browser) == [False]
    factories.move(ticket, "ask", claire)
    factories.move(ticket, "answer", lea)
    assert unread(browser) == [True]


def test_archive_is_not_unread(client_of, claire, lea, transcripts):
    for status in ("in_progress", "closed", "refused"):
        factories.ticket_in(
            status, requester=lea, category=transcripts, handler=factories.handler_on(transcripts)
        )

    rows = client_of(claire).get(LIST).context["cl"].rows

    assert {row.ticket.status: row.ticket.is_unread for row in rows} == {
        "in_progress": True,
        "closed": True,
        "refused": False,
    }


def test_request_fetched_beforehand_is_not_read(client_of, claire, lea, transcripts):
    ticket, browser = factories.file_ticket(lea, transcripts), client_of(claire)

    browser.get(page_of(ticket), headers={"Sec-Purpose": "prefetch;prerender"})
    browser.head(page_of(ticket))

    assert not ReadMark.objects.exists()


def test_request_out_of_reach_is_not_marked(client_of, bruno, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    assert client_of(bruno).get(page_of(ticket)).status_code == 404
    assert not ReadMark.objects.exists()


# --- orders ----------------------------
def test_orders_put_first_what_presses_most(client_of, claire, mathilde, lea, transcripts, late_enrolment):
    type(transcripts).objects.filter(pk=transcripts.pk).update(silence_rule="refusal", silence_months=2)
    transcripts.refresh_from_db()
    never = filed_before(50, lea, late_enrolment)
    soon, later = filed_before(40, lea, transcripts), filed_before(10, lea, transcripts)
    factories.move(later, "change_priority", claire, priority=Priority.URGENT)
    browser = client_of(claire)

    assert never.category.silence_months is None
    assert shown(browser, tri="anciennes") == [never, soon, later]
    assert shown(browser, tri="recentes") == [later, soon, never]
    assert shown(browser, tri="priorite") == [later, never, soon]
    assert shown(browser, tri="echeance") == [soon, later, never]
    assert shown(browser, tri="evenement") == [later, soon, never]


def test_views_of_the_legal_date_hold_what_is_near_and_what_is_past(client_of, claire, lea, transcripts):
    type(transcripts).objects.filter(pk=transcripts.pk).update(silence_rule="refusal", silence_months=2)
    transcripts.refresh_from_db()
    far, near, late = (filed_before(days, lea, transcripts) for days in (5, 55, 70))
    answered = filed_before(80, lea, transcripts)
    for name in ("take", "close"):
        factories.move(answered, name, claire)
    browser = client_of(claire)

    assert shown(browser, vue="echeance-proche") == [near]
    assert shown(browser, vue="en-retard") == [late]
    assert far.silence_on > timezone.localdate()
    page = browser.get(LIST).context["cl"]
    place = page.display.columns.index("silence")
    words = {row.ticket: row.cells[place][1] for row in page.rows}
    assert words[answered] == "–"
    assert '<span class="quiet">dépassée de ' in words[late]
    assert '<span class="quiet">dans ' in words[near]


def test_postponed_requests_have_their_view(client_of, claire, lea, transcripts):
    postponed = factories.ticket_in("postponed", requester=lea, category=transcripts, handler=claire)
    factories.file_ticket(lea, transcripts)

    assert shown(client_of(claire), vue="reportees") == [postponed]


@pytest.mark.postgres
@pytest.mark.parametrize("name", ORDERS)
def test_orders_are_read_from_an_index(name, db):
    wanted = in_order(Ticket.objects.all(), ORDERS[name][1])[:30]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")

    plan = wanted.explain()

    assert "Index Scan" in plan
    assert "Sort" not in plan


# --- the one before, the one after ----------------------------
def beside(browser, ticket, query):
    neighbours = browser.get(page_of(ticket, query)).context["neighbours"]
    return neighbours["previous_url"], neighbours["next_url"]


@pytest.mark.parametrize("order", ORDERS)
def test_neighbours_are_those_of_the_list_in_its_order(order, client_of, claire, lea, transcripts, enrolment):
    type(transcripts).objects.filter(pk=transcripts.pk).update(silence_rule="refusal", silence_months=2)
    transcripts.refresh_from_db()
    plain = factories.LeafFactory(slug="sans-delai", parent=enrolment)
    tickets = [filed_before(days, lea, theme) for days in (40, 30, 20) for theme in (transcripts, plain)]
    for ticket in tickets[2:4]:
        factories.move(ticket, "change_priority", claire, priority=Priority.HIGH)
    browser, query = client_of(claire), f"?vue=toutes&tri={order}"
    listed = shown(browser, vue="toutes", tri=order)
    places = ["", *(page_of(ticket, query) for ticket in listed), ""]

    found = [beside(browser, ticket, query) for ticket in listed]

    assert len(listed) == len(tickets)
    assert found == [(places[rank], places[rank + 2]) for rank in range(len(listed))]


def test_next_request_is_still_there_after_a_move(client_of, claire, lea, transcripts):
    first, second, third = (filed_before(days, lea, transcripts) for days in (9, 8, 7))
    browser, query = client_of(claire), "?vue=a-prendre"
    page = browser.get(page_of(second, query))
    take = next(button for button in page.context["actions"].all if button.move.name == "take")

    moved = browser.post(take.url, {"key": take.key})

    assert moved["Location"] == page_of(second, query)
    assert shown(browser, vue="a-prendre") == [first, third]
    assert beside(browser, second, query) == (page_of(first, query), page_of(third, query))


def test_move_that_asks_something_keeps_the_list(client_of, claire, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    browser, query = client_of(claire), "?vue=les-miennes"
    page = browser.get(page_of(ticket, query))
    ask = next(button for button in page.context["actions"].all if button.move.name == "ask")
    asking = browser.get(ask.url)

    assert f'action="{escape(ask.url)}"' in asking.content.decode()
    moved = browser.post(ask.url, {"key": asking.context["key"], "message": "Quelle année\u00a0?"})

    assert moved["Location"] == page_of(ticket, query)


def test_neighbours_are_within_reach(client_of, bruno, lea, transcripts, refunds):
    filed_before(9, lea, transcripts)
    mine = filed_before(8, lea, refunds)
    filed_before(7, lea, transcripts)

    assert beside(client_of(bruno), mine, "?vue=toutes") == ("", "")


@pytest.mark.parametrize("number", [1, 3])
def test_page_read_from_a_list_costs_little(
    number, client_of, claire, lea, transcripts, django_assert_num_queries
):
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(number)]
    browser = client_of(claire)

    # The page (19, less the neighbours), themes, the one before, the one after.
    with django_assert_num_queries(21):
        browser.get(page_of(tickets[0], "?vue=a-prendre&tri=priorite"))
