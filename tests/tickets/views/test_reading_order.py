"""The exchanges of a request, in the order its reader prefers."""

import re

import pytest

from tests.factories import file_ticket, move


@pytest.fixture
def ticket(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts, message="La première.")
    move(ticket, "take", claire)
    move(ticket, "ask", claire)
    return ticket


def instants(browser, path):
    """Return the instants of the timeline of a page, from top to bottom."""
    page = browser.get(path).content.decode()
    return re.findall(r'timeline__when" datetime="([^"]+)"', page)


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_requester_reads_in_the_order_she_prefers(client_of, lea, ticket, newest_first):
    lea.newest_first = newest_first
    lea.save()

    words = client_of(lea).get(ticket.get_absolute_url()).content.decode()

    found = [words.index("La première."), words.index("Quel est votre numéro")]
    assert found == sorted(found, reverse=newest_first)
    assert len(instants(client_of(lea), ticket.get_absolute_url())) == 3


def test_the_workbench_keeps_its_order(client_of, claire, ticket):
    path = f"/gestion/tickets/ticket/{ticket.pk}/change/"
    before = instants(client_of(claire), path)
    claire.newest_first = True
    claire.save()

    assert (len(before), instants(client_of(claire), path)) == (3, before)
