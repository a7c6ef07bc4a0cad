"""« Untel rédige une réponse »: who is told, who is not, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tickets.models import TicketEvent
from tickets.presence import FORGOTTEN_AFTER, REPEATED_EVERY


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ticket(lea, transcripts):
    return factories.file_ticket(lea, transcripts)


@pytest.fixture
def say(client_of):
    """Return a function that sends the sign of a page, and gives what comes back."""

    def post(person, ticket, doing="reading"):
        address = reverse("admin:tickets_ticket_presence", args=[ticket.pk])
        return client_of(person).post(address, {"doing": doing})

    return post


def here(response):
    assert response.status_code == 200
    return response.json()["here"]


def test_colleagues_see_each_other_and_not_themselves(say, claire, colette, mathilde, ticket):
    assert here(say(claire, ticket)) == []
    assert here(say(colette, ticket, "writing")) == ["Claire Dumas consulte cette demande."]
    assert here(say(mathilde, ticket)) == [
        "Claire Dumas consulte cette demande.",
        "Colette Roux rédige une réponse.",
    ]
    assert here(say(colette, ticket)) == [
        "Claire Dumas consulte cette demande.",
        "Mathilde Leroy consulte cette demande.",
    ]


def test_each_request_has_its_own(say, claire, colette, ticket, lea, transcripts):
    other = factories.file_ticket(lea, transcripts)
    say(claire, ticket)

    assert here(say(colette, other)) == []


def test_sign_is_forgotten(say, claire, colette, ticket):
    assert REPEATED_EVERY * 2 < FORGOTTEN_AFTER
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        say(claire, ticket)
    with time_machine.travel(now + timedelta(seconds=FORGOTTEN_AFTER - 1), tick=False):
        assert here(say(colette, ticket)) == ["Claire Dumas consulte cette demande."]
    with time_machine.travel(now + timedelta(seconds=FORGOTTEN_AFTER + 1), tick=False):
        assert here(say(colette, ticket)) == []


@pytest.mark.parametrize("person", ["lea", "oscar", "bruno", "adam", "ines"])
def test_nobody_else_sees_nor_is_seen(person, say, claire, ticket, request):
    stranger = request.getfixturevalue(person)
    say(claire, ticket)

    assert say(stranger, ticket).status_code == 404
    assert here(say(claire, ticket)) == []


def test_nothing_is_written_and_only_posts_count(say, client_of, claire, ticket):
    address = reverse("admin:tickets_ticket_presence", args=[ticket.pk])
    say(claire, ticket, "<script>")

    assert client_of(claire).get(address).status_code == 405
    assert TicketEvent.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_sign_costs_the_same_with_one_colleague_and_with_three(
    number, client_of, say, claire, transcripts, ticket, django_assert_num_queries
):
    for _each in range(number):
        say(factories.handler_on(transcripts), ticket)
    browser, address = client_of(claire), reverse("admin:tickets_ticket_presence", args=[ticket.pk])

    with django_assert_num_queries(3):  # session, person, request
        response = browser.post(address)

    assert len(here(response)) == number


@pytest.mark.parametrize(("person", "count"), [("claire", 1), ("oscar", 0), ("adam", 0)])
def test_pages_ask_for_handlers_only(person, count, client_of, claire, ticket, request):
    browser = client_of(request.getfixturevalue(person))
    pages = [("admin:tickets_ticket_change", [ticket.pk])]
    if count:
        pages.append(("admin:tickets_ticket_move", [ticket.pk, "commenter"]))

    for name, args in pages:
        assert browser.get(reverse(name, args=args)).content.decode().count("data-presence=") == count


def test_page_of_the_requester_says_nothing_of_it(client_of, say, claire, lea, ticket):
    say(claire, ticket, "writing")

    assert "presence" not in client_of(lea).get(ticket.get_absolute_url()).content.decode()


def test_keys_lead_to_the_answer_and_to_the_note(client_of, claire, ticket):
    html = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert [html.count(f'data-shortcut="{key}"') for key in "rn"] == [1, 1]
