"""The list of requests: what is in it, its views, its filters, its cost."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tickets.admin.queues import QUEUES, count_queues
from tickets.models import Ticket
from tickets.paging import BoundedPaginator
from tickets.services.following import follow

# Session, person, views (counts), views saved, display, themes, colleagues, rows counted, rows.
LIST_QUERIES = 9


@pytest.fixture
def shown(client_of):
    """Return a function that gives the requests the list shows to a person, in order."""

    def read(person, **asked):
        response = client_of(person).get(reverse("admin:tickets_ticket_changelist"), asked)
        assert response.status_code == 200
        return [row.ticket for row in response.context["cl"].rows]

    return read


def filed_at(day, *args, **words):
    with time_machine.travel(datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC), tick=False):
        return factories.file_ticket(*args, **words)


def test_list_holds_the_themes_of_the_reader_and_nothing_else(
    shown, claire, bruno, adam, lea, marc, transcripts, alert, refunds
):
    grades = filed_at(1, lea, transcripts)
    secret = filed_at(2, marc, alert)
    money = filed_at(3, lea, refunds)
    own = filed_at(4, claire, transcripts)

    assert shown(claire) == [grades]
    assert shown(bruno) == [money]
    assert shown(adam) == [own, money, grades]
    assert secret.category.is_confidential


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_request_and_for_three(
    number, client_of, claire, lea, transcripts, django_assert_num_queries
):
    for _each in range(number):
        factories.ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    browser = client_of(claire)
    asked = {"vue": "en-attente", "etat": "waiting", "theme": "etudes", "depuis": "2020-01-01"}

    with django_assert_num_queries(LIST_QUERIES):
        response = browser.get(reverse("admin:tickets_ticket_changelist"), asked)

    assert response.content.decode().count('name="_selected_action"') == number


def test_views_sort_out_the_requests(shown, claire, colette, lea, transcripts):
    def made(status, handler=claire):
        return factories.ticket_in(status, requester=lea, category=transcripts, handler=handler)

    free, mine, theirs = made("submitted"), made("in_progress"), made("in_progress", colette)
    asked, closed, refused = made("waiting"), made("closed"), made("refused")
    answered = factories.move(made("waiting"), "answer", lea)
    noted = factories.move(factories.move(made("in_progress"), "comment", lea), "note", colette)
    replied = factories.move(factories.move(made("in_progress"), "comment", lea), "comment", claire)

    assert shown(claire, vue="a-prendre") == [free]
    assert shown(claire, vue="les-miennes") == [mine, asked, answered, noted, replied]
    assert shown(claire, vue="reponse-recue") == [answered, noted]
    assert shown(claire, vue="en-attente") == [asked]
    assert shown(claire, vue="a-approuver") == [closed]
    assert shown(claire, vue="terminees") == [refused]
    for one in (free, closed, refused):
        follow(one, claire)
        follow(one, colette)
    assert shown(claire, vue="suivies") == [free, closed]
    assert set(shown(claire, vue="toutes")) == set(Ticket.objects.all())
    assert shown(colette, vue="les-miennes") == [theirs]


def test_counters_say_what_the_views_hold_and_nothing_of_other_themes(
    shown, claire, colette, bruno, lea, transcripts, refunds
):
    for status in ("submitted", "submitted", "in_progress", "waiting", "closed", "refused"):
        factories.ticket_in(status, requester=lea, category=transcripts, handler=claire)
    asked = factories.ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    factories.move(asked, "answer", lea)
    money = factories.file_ticket(lea, refunds)
    for person in (claire, bruno, colette):
        follow(asked, person)
        follow(money, person)

    for person in (claire, bruno):
        counts = count_queues(person)
        assert counts == {
            queue.slug: len(shown(person, vue=queue.slug)) for queue in QUEUES if queue.is_counted
        }
    assert count_queues(claire)["a-prendre"] == 2
    assert count_queues(bruno)["a-prendre"] == 1
    assert count_queues(claire)["suivies"] == count_queues(bruno)["suivies"] == 1


def test_search_finds_words_notes_and_numbers_within_reach_only(
    shown, claire, bruno, lea, transcripts, refunds
):
    grades = factories.ticket_in(
        "in_progress", requester=lea, category=transcripts, handler=claire, subject="Relevé introuvable"
    )
    factories.move(grades, "note", claire, message="Dossier perdu par le tribunal")
    money = factories.file_ticket(lea, refunds, subject="Relevé bancaire")

    assert shown(claire, q="relevé") == [grades]
    assert shown(bruno, q="relevé") == [money]
    assert shown(claire, q="tribunal") == [grades]
    assert shown(bruno, q="tribunal") == []
    assert shown(claire, q=grades.reference) == [grades]
    assert shown(claire, q=str(grades.pk)) == [grades]
    assert shown(bruno, q=grades.reference) == []
    assert shown(bruno, q=str(grades.pk)) == []


def test_filters_narrow_by_status_theme_and_period(shown, claire, lea, transcripts, late_enrolment):
    early = filed_at(1, lea, transcripts)
    late = filed_at(20, lea, late_enrolment)

    assert shown(claire, theme="inscription") == [late]
    assert shown(claire, theme="etudes") == [late, early]
    assert shown(claire, depuis="2026-03-02") == [late]
    assert shown(claire, jusque="2026-03-01") == [early]
    assert shown(claire, etat="waiting") == []
    assert shown(claire, tri="anciennes") == [early, late]


def test_requests_of_a_colleague_are_found_those_still_to_treat_apart(
    shown, client_of, claire, colette, bruno, lea, transcripts
):
    hers = factories.ticket_in("waiting", requester=lea, category=transcripts, handler=colette)
    over = factories.ticket_in("refused", requester=lea, category=transcripts, handler=colette)
    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    assert set(shown(claire, charge=colette.pk)) == {hers, over}
    assert shown(claire, charge=colette.pk, etat="non-traitees") == [hers]
    filters = client_of(claire).get(reverse("admin:tickets_ticket_changelist"), {"charge": bruno.pk})
    assert "charge" in filters.context["cl"].filters.errors
    assert "Garnier" not in filters.content.decode()


def test_theme_out_of_reach_is_neither_offered_nor_accepted(client_of, claire, lea, transcripts, refunds):
    factories.file_ticket(lea, transcripts)
    address = reverse("admin:tickets_ticket_changelist")

    response = client_of(claire).get(address, {"theme": "remboursement"})

    assert "Remboursement" not in response.content.decode()
    assert "theme" in response.context["cl"].filters.errors


def test_fields_cannot_be_guessed_through_the_address(shown, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    assert shown(claire, requester__email__startswith="z", requester__password__contains="x") == [ticket]


@pytest.mark.parametrize(
    "asked",
    [
        {"depuis": "hier"},
        {"depuis": "0001-01-01"},
        {"jusque": "9999-12-31"},
        {"etat": "zzz"},
        {"q": "x" * 5000},
        {"p": "zz"},
        {"vue": "?"},
    ],
)
def test_wrong_answers_are_said_and_break_nothing(asked, client_of, claire, lea, transcripts):
    factories.file_ticket(lea, transcripts)

    assert client_of(claire).get(reverse("admin:tickets_ticket_changelist"), asked).status_code == 200


def test_empty_view_says_so(client_of, claire):
    response = client_of(claire).get(reverse("admin:tickets_ticket_changelist"))

    assert "Aucune demande ici pour le moment." in response.content.decode()


def test_paginator_counts_no_further_than_needed(lea, transcripts, monkeypatch):
    for _each in range(5):
        factories.file_ticket(lea, transcripts)
    monkeypatch.setattr("tickets.paging.COUNTED_AT_MOST", 3)

    first = BoundedPaginator(Ticket.objects.order_by("pk"), 1, page_number=1)
    last = BoundedPaginator(Ticket.objects.order_by("pk"), 1, page_number=5)

    assert (first.count, first.is_exact) == (3, False)
    assert (last.count, last.is_exact) == (5, True)


def test_pages_follow_each_other_without_losing_what_was_asked(
    client_of, claire, lea, transcripts, monkeypatch
):
    monkeypatch.setattr("tickets.admin.site.TicketAdmin.list_per_page", 2)
    tickets = [filed_at(day, lea, transcripts) for day in (1, 2, 3)]
    browser, address = client_of(claire), reverse("admin:tickets_ticket_changelist")

    first = browser.get(address, {"vue": "a-prendre", "q": "bonjour"}).context["cl"]
    second = browser.get(address + first.next_page_url).context["cl"]

    assert [row.ticket for row in first.rows] == tickets[:2]
    assert [row.ticket for row in second.rows] == tickets[2:]
    assert (first.previous_page_url, second.next_page_url) == ("", "")


def test_age_is_said_in_days(client_of, claire, lea, transcripts):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=3), tick=False):
        factories.file_ticket(lea, transcripts)

    response = client_of(claire).get(reverse("admin:tickets_ticket_changelist"))

    page = response.context["cl"]
    place = page.display.columns.index("age")
    assert [">3 jours<" in row.cells[place][1] for row in page.rows] == [True]


@pytest.mark.parametrize("number", [1, 3])
def test_overview_costs_six_queries(number, client_of, claire, lea, transcripts, django_assert_num_queries):
    for _each in range(number):
        factories.file_ticket(lea, transcripts)
    browser = client_of(claire)

    with django_assert_num_queries(6):  # session, person, counters, roles, proposals, calculator
        response = browser.get(reverse("admin:index"))

    assert response.context["queues"][0]["count"] == number
