"""The dashboard and the search."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import move, ticket_in
from tests.pages import errors_of, words_of


def _references(response):
    return re.findall(r'ticket-row__link" href="/demandes/(TD-[\d-]+)/"', response.content.decode())


def test_the_dashboard_puts_what_is_expected_first(client_of, lea, claire, transcripts):
    made = {
        status: ticket_in(status, requester=lea, category=transcripts, handler=claire)
        for status in ("approved", "submitted", "closed", "in_progress", "waiting", "refused", "cancelled")
    }
    order = ("closed", "waiting", "in_progress", "submitted", "cancelled", "refused", "approved")

    page = client_of(lea).get(reverse("tickets:dashboard"))

    assert _references(page) == [made[status].reference for status in order]


def test_the_dashboard_shows_ones_own_requests_only(client_of, lea, marc, claire, transcripts):
    mine = factories.file_ticket(lea, transcripts)
    factories.file_ticket(marc, transcripts)

    pages = [client_of(person).get(reverse("tickets:dashboard")) for person in (lea, claire)]

    assert [_references(page) for page in pages] == [[mine.reference], []]


def test_an_empty_dashboard_says_so(client_of, lea):
    assert "Vous n’avez encore déposé aucune demande." in words_of(
        client_of(lea).get(reverse("tickets:dashboard"))
    )


def test_drafts_are_offered_again(client_of, lea, marc, transcripts):
    factories.draft_of(lea, transcripts, subject="À finir")
    factories.draft_of(marc, transcripts, subject="Pas à elle")

    page = words_of(client_of(lea).get(reverse("tickets:dashboard")))

    assert ["À finir" in page, "Pas à elle" in page] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_costs_the_same_whatever_its_length(
    client_of, lea, claire, transcripts, count, django_assert_num_queries
):
    for status in ("waiting", "submitted", "approved") * count:
        ticket_in(status, requester=lea, category=transcripts, handler=claire)
        factories.draft_of(lea, transcripts)
    browser = client_of(lea)

    with django_assert_num_queries(9):
        browser.get(reverse("tickets:dashboard"))


# --- search ------------------------------------------------------------------------------------------------
def _search(browser, **asked):
    return browser.get(reverse("tickets:search"), asked)


@pytest.mark.parametrize("asked", ["releve", "RELEVÉ", "td-{year}-{pk:06d}", "TD-{year}-{pk:06d} "])
def test_a_request_filed_a_second_ago_is_found(client_of, lea, transcripts, asked):
    ticket = factories.file_ticket(lea, transcripts, subject="Relevé de notes égaré")
    factories.file_ticket(lea, transcripts, subject="Carte perdue")

    page = _search(client_of(lea), q=asked.format(year=ticket.year, pk=ticket.pk))

    assert _references(page) == [ticket.reference]


def test_a_search_finds_only_what_the_reader_may_see(client_of, lea, marc, claire, bruno, transcripts):
    ticket = factories.file_ticket(lea, transcripts, subject="Orchidée")

    found = [_references(_search(client_of(person), q="orchidée")) for person in (lea, claire, marc, bruno)]

    assert found == [[ticket.reference], [ticket.reference], [], []]


def test_a_word_of_a_note_answers_staff_only(client_of, lea, claire, transcripts):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    move(ticket, "note", claire, message="Soupçon de falsification")

    found = [_references(_search(client_of(person), q="falsification")) for person in (lea, claire)]

    assert found == [[], [ticket.reference]]


def test_criteria_add_up(client_of, lea, claire, transcripts, late_enrolment):
    wanted = ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    ticket_in("waiting", requester=lea, category=late_enrolment, handler=claire)
    ticket_in("submitted", requester=lea, category=transcripts)

    page = _search(client_of(lea), q="relevé", status="waiting", category=transcripts.pk, since="2020-01-01")

    assert _references(page) == [wanted.reference]


def test_themes_of_others_are_not_offered(client_of, lea, marc, transcripts, refunds):
    factories.file_ticket(lea, transcripts)
    factories.file_ticket(marc, refunds)

    page = words_of(_search(client_of(lea)))

    assert [transcripts.name in page, refunds.name in page] == [True, False]


def test_a_wrong_date_says_what_to_do(client_of, lea):
    page = _search(client_of(lea), since="hier")

    assert [error.replace("\xa0", " ") for error in errors_of(page)] == [
        "Déposée depuis le : Indiquez une date au format jj/mm/aaaa."
    ]


@pytest.mark.parametrize(
    "asked", ['"', "* OR 1=1 --", "'; DROP TABLE x", "&|!()<->:*", "\x00", "😀", "a" * 199]
)
def test_hostile_words_find_nothing_and_break_nothing(client_of, lea, transcripts, asked):
    factories.file_ticket(lea, transcripts)

    page = _search(client_of(lea), q=asked)

    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_whatever_it_finds(
    client_of, lea, transcripts, count, django_assert_num_queries
):
    for _ticket in range(count):
        factories.file_ticket(lea, transcripts)
    browser = client_of(lea)

    with django_assert_num_queries(6):
        _search(browser, q="releve")


def test_search_that_finds_too_much_says_more_than(client_of, lea, transcripts, monkeypatch):
    monkeypatch.setattr("tickets.views.lists.FOUND_AT_MOST", 2)
    monkeypatch.setattr("tickets.views.lists.PAGE_SIZE", 1)
    tickets = [factories.file_ticket(lea, transcripts) for _ in range(3)]
    browser = client_of(lea)

    page = _search(browser, q="releve")
    last = _search(browser, q="releve", page=3)

    assert "Plus de 1 demandes" in page.content.decode()
    assert list(last.context["page_obj"]) == [tickets[0]]
    assert "3 demandes" in last.content.decode()


def test_search_offers_the_themes_of_the_requests_one_sees(
    client_of, lea, claire, transcripts, alert, refunds
):
    factories.file_ticket(lea, transcripts)
    factories.file_ticket(lea, alert)
    factories.file_ticket(claire, refunds)

    offered = {
        person: set(_search(client_of(person)).context["form"].fields["category"].queryset)
        for person in (lea, claire)
    }

    assert offered == {lea: {transcripts, alert}, claire: {transcripts, refunds}}
