"""Nobody takes unawares what a colleague has just taken; whoever sees it with her may take it over."""

import uuid

import pytest
import time_machine
from django.urls import reverse

from tests import factories
from tickets import typing_keys
from tickets.lifecycle.refusals import AlreadyYoursError, NewsError, TakenError
from tickets.models import Ticket

TAKEN = "Colette Roux a cette demande en charge depuis le lundi 2 mars 2026, 10\u00a0h\u00a030. Rien n’a été"
ONE_OF_TWO = "Prise en charge\u00a0: 1 faite, 1 refusée\u00a0:"
WORDS = {"message": "Réponse longuement pesée", "outcome": "accepted"}


@pytest.fixture
def ticket(lea, transcripts):
    return factories.file_ticket(lea, transcripts)


@pytest.fixture
def taken(ticket, colette):
    """The request, which Colette took at half past ten."""
    with time_machine.travel("2026-03-02T09:30:00Z", tick=False):
        return factories.move(ticket, "take", colette)


@pytest.fixture
def press(client_of, claire):
    """Return a function that posts a move for Claire, who had read `seen` events."""

    def post(ticket, slug, *, seen=None, **answers):
        query = "" if seen is None else f"?vu={seen}"
        address = reverse("admin:tickets_ticket_move", args=[ticket.pk, slug]) + query
        key = typing_keys.sign(uuid.uuid4(), claire)
        return client_of(claire).post(address, answers | {"key": key}, follow=True)

    return post


def said(response):
    return [str(message) for message in response.context["messages"]]


def kinds(ticket):
    return list(ticket.events.values_list("kind", flat=True))


@pytest.mark.parametrize("seen", [1, None], ids=["saw-it-free", "says-nothing"])
def test_taking_unawares_is_refused_with_who_and_when(seen, press, taken, colette):
    (sentence,) = said(press(taken, "prendre-en-charge", seen=seen))

    assert sentence.startswith(TAKEN)
    assert (kinds(taken), Ticket.objects.get().assignee) == (["submit", "take"], colette)


def test_taking_over_knowingly_is_done(press, taken, claire):
    assert said(press(taken, "prendre-en-charge", seen=2)) == ["Demande prise en charge."]
    assert Ticket.objects.get().assignee == claire


def test_page_carries_what_it_shows(client_of, press, taken, claire):
    page = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[taken.pk]))
    take = next(button for button in page.context["actions"].all if button.move.name == "take")

    answer = client_of(claire).post(take.url, {"key": take.key}, follow=True)

    assert said(answer) == ["Demande prise en charge."]


def test_message_arrived_meanwhile_keeps_nobody_from_taking(press, ticket, lea, claire):
    factories.move(ticket, "comment", lea)

    assert said(press(ticket, "prendre-en-charge", seen=1)) == ["Demande prise en charge."]


def test_request_freed_meanwhile_may_be_taken(press, taken, colette, claire):
    factories.move(taken, "release", colette)

    assert said(press(taken, "prendre-en-charge", seen=2)) == ["Demande prise en charge."]


def test_request_back_with_whoever_was_shown_may_be_taken(press, taken, colette, claire):
    factories.move(taken, "release", colette)
    factories.move(taken, "take", colette)

    assert said(press(taken, "prendre-en-charge", seen=2)) == ["Demande prise en charge."]


def test_taking_what_is_hers_says_so(press, ticket, claire):
    factories.move(ticket, "take", claire)

    assert said(press(ticket, "prendre-en-charge", seen=1)) == [str(AlreadyYoursError.sentence)]


@pytest.mark.parametrize("slug", ["prendre-et-demander", "prendre-et-cloturer"])
def test_words_written_to_take_come_back_and_leave_when_sent_again(slug, press, taken, claire):
    refused = press(taken, slug, seen=1, **WORDS)

    html = refused.content.decode()
    assert TAKEN in html
    assert str(NewsError.sentence) not in html
    assert WORDS["message"] in html
    assert kinds(taken) == ["submit", "take"]

    press(taken, slug, **WORDS | {"seen": refused.context["seen"]})

    assert kinds(taken)[2] == "take"
    assert Ticket.objects.get().assignee == claire


# --- from the list -------------------------------------------------------------------------------------
@pytest.fixture
def take_in_list(client_of, claire):
    """Return a function that shows Claire the list, lets something happen, and presses the button."""

    def post(tickets, meanwhile, **more):
        browser, address = client_of(claire), reverse("admin:tickets_ticket_changelist") + "?vue=toutes"
        shown = browser.get(address).context["cl"].events_shown
        meanwhile()
        ticked = {"action": "take_selected", "index": "0", "vu": shown}
        ticked |= {"_selected_action": [ticket.pk for ticket in tickets]}
        return said(browser.post(address, ticked | more, follow=True))

    return post


def test_list_takes_what_it_showed(take_in_list, taken, ticket, lea, transcripts):
    free = factories.file_ticket(lea, transcripts)

    assert take_in_list([taken, free], lambda: None) == ["Prise en charge\u00a0: 2 faites."]


def test_list_does_not_take_what_was_taken_meanwhile(take_in_list, ticket, lea, transcripts, colette):
    free = factories.file_ticket(lea, transcripts)

    (report,) = take_in_list([ticket, free], lambda: factories.move(ticket, "take", colette))

    assert report.startswith(f"{ONE_OF_TWO} Colette Roux a cette demande en charge")
    assert Ticket.objects.get(pk=ticket.pk).assignee == colette


@pytest.mark.parametrize("shown", ["", "deux:2", "2", "²:²", "1:2:3"])
def test_list_that_says_nothing_of_a_request_takes_it_free_only(shown, take_in_list, taken, lea, transcripts):
    free = factories.file_ticket(lea, transcripts)

    (report,) = take_in_list([taken, free], lambda: None, vu=shown)

    assert report.startswith(f"{ONE_OF_TWO} Colette Roux a cette demande en charge")


def test_many_reasons_are_counted(take_in_list, lea, transcripts):
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(7)]
    holders = [factories.handler_on(transcripts) for _each in tickets]

    def taken_by_each():
        for ticket, holder in zip(tickets, holders, strict=True):
            factories.move(ticket, "take", holder)

    (report,) = take_in_list(tickets, taken_by_each)

    assert report.count("a cette demande en charge") == 5
    assert report.endswith("Et 2 autres.")


def test_refusal_is_a_sentence_even_without_details():
    assert str(TakenError()).startswith("Une autre personne a pris cette demande en charge")
