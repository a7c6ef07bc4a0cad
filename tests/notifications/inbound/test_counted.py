"""A mail that came while a request waits changes nothing by itself: staff say, once, that it answers."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from notifications.inbound.reception import receive
from notifications.models import OutgoingEmail
from tests import factories
from tests.pages import words_of
from tests.races import at_once
from tickets import typing_keys
from tickets.admin.queues import count_queues
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import (
    MoveRefusedError,
    NoMailAnswerError,
    NotAllowedError,
    UnsuitableItemError,
    WrongStatusError,
)
from tickets.lifecycle.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db
CALLOUT = "Une réponse est arrivée par courriel"


@pytest.fixture
def waiting(ticket, claire):
    factories.move(ticket, "take", claire)
    return factories.move(ticket, "ask", claire)


@pytest.fixture
def lacking(ticket, claire):
    """A request that waits for two items a text requires."""
    factories.move(ticket, "take", claire)
    return factories.move(ticket, "ask_items", claire)


def page_of(client_of, person, ticket):
    return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))


def post(browser, person, ticket, rank="", **words):
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, TRANSITIONS["count_answer"].slug])
    key = typing_keys.sign(typing_keys.new_key(), person)
    return browser.post(address, {"key": key, "rang": rank} | words)


def status(ticket):
    ticket.refresh_from_db()
    return ticket.status


def due(ticket):
    return [item.label for item in ticket.required_items.due()]


# --- one click -------------------------------------------------------------------------------------------
def test_mail_is_shown_to_whoever_has_the_request_who_counts_it_in_one_click(
    client_of, waiting, claire, lea, letter
):
    event = receive(letter("Le 21304567.")).event
    browser = client_of(claire)
    page = words_of(page_of(client_of, claire, waiting))

    assert status(waiting) == Status.WAITING
    assert (CALLOUT in page, "Le 21304567." in page, "Reçu par courriel." in page) == (True, True, True)

    post(browser, claire, waiting, event.sequence)

    counted = waiting.events.get(kind="count_answer")
    assert (status(waiting), counted.actor, counted.after["counts"]) == (
        "in_progress",
        claire,
        event.sequence,
    )
    assert CALLOUT not in words_of(page_of(client_of, claire, waiting))


def test_requester_is_told_and_reads_it_in_the_history(client_of, waiting, claire, lea, letter):
    receive(letter("Le 21304567."))
    factories.move(waiting, "count_answer", claire)

    mail = OutgoingEmail.objects.get(event__kind="count_answer")

    assert (mail.recipient, mail.message, mail.is_legal) == (lea, "answer_counted", False)
    page = words_of(client_of(lea).get(waiting.get_absolute_url()))
    assert "Réponse par courriel prise en compte" in page


@pytest.mark.parametrize("who", ["colette", "oscar"])
def test_others_of_the_theme_see_it_and_cannot_count_it(client_of, request, waiting, letter, who):
    person = request.getfixturevalue(who)
    receive(letter("Le 21304567."))
    page = page_of(client_of, person, waiting)

    assert (CALLOUT in words_of(page), "compter-comme-reponse" in page.content.decode()) == (True, False)
    with pytest.raises(NotAllowedError):
        factories.move(waiting, "count_answer", person)


def test_manager_counts_it_too(waiting, mathilde, letter):
    receive(letter("Le 21304567."))

    assert factories.move(waiting, "count_answer", mathilde).status == "in_progress"


def test_get_counts_nothing(client_of, waiting, claire, letter):
    receive(letter("Le 21304567."))
    address = reverse("admin:tickets_ticket_move", args=[waiting.pk, TRANSITIONS["count_answer"].slug])

    assert client_of(claire).get(address).status_code == 200
    assert status(waiting) == Status.WAITING


# --- which mail ------------------------------------------------------------------------------------------
def test_what_is_typed_on_the_page_or_came_before_the_question_is_no_mail_answer(
    waiting, claire, lea, ticket, letter
):
    factories.move(waiting, "comment", lea)

    with pytest.raises(NoMailAnswerError):
        factories.move(waiting, "count_answer", claire)


def test_mail_that_came_before_the_question_does_not_answer_it(ticket, claire, letter):
    factories.move(ticket, "take", claire)
    receive(letter("Une précision."))
    factories.move(ticket, "ask", claire)

    with pytest.raises(NoMailAnswerError):
        factories.move(ticket, "count_answer", claire)


def test_question_taken_back_is_no_question(waiting, claire, letter):
    """The mail answers the first one; the second never left."""
    receive(letter("Le 21304567."))
    factories.move(waiting, "ask", claire, hold=timedelta(seconds=60))
    factories.move(waiting, "take_back", claire)

    assert factories.move(waiting, "count_answer", claire).status == "in_progress"


def test_automatic_answer_is_not_shown(client_of, waiting, claire, letter):
    receive(letter("Je suis absente.", Auto_Submitted="auto-replied"))

    assert CALLOUT not in words_of(page_of(client_of, claire, waiting))


@pytest.mark.parametrize("rank", ["999", "abc", "-1", "99999999999"])
def test_rank_that_is_no_mail_of_hers_counts_none_but_the_latest(client_of, waiting, claire, letter, rank):
    receive(letter("Le 21304567."))

    answer = post(client_of(claire), claire, waiting, rank)

    is_known = rank == "999"
    assert status(waiting) == (Status.WAITING if is_known else Status.IN_PROGRESS)
    assert answer.status_code == (200 if is_known else 302)


def test_second_click_in_another_tab_counts_nothing_more(client_of, waiting, claire, letter):
    receive(letter("Le 21304567."))
    browser = client_of(claire)
    post(browser, claire, waiting)

    answer = post(browser, claire, waiting)

    assert "a changé d’état" in words_of(answer) or answer.status_code == 200
    assert waiting.events.filter(kind="count_answer").count() == 1
    with pytest.raises(WrongStatusError):
        factories.move(waiting, "count_answer", claire)


def test_mail_of_somebody_invited_may_answer(waiting, claire, marc, letter):
    factories.invite(waiting, marc)
    receive(letter("Le 21304567.", person=marc))

    assert factories.move(waiting, "count_answer", claire).status == "in_progress"


def test_request_that_waits_with_a_mail_is_in_the_view_of_answers(waiting, claire, letter):
    assert count_queues(claire)["reponse-recue"] == 0

    receive(letter("Le 21304567."))

    assert count_queues(claire)["reponse-recue"] == 1


# --- what a text requires --------------------------------------------------------------------------------
def test_mail_leaves_items_due_unless_it_is_said_what_it_brought(client_of, lacking, claire, letter):
    receive(letter("Voici."))

    post(client_of(claire), claire, lacking)

    assert (status(lacking), len(due(lacking))) == (Status.WAITING, 2)
    assert CALLOUT not in words_of(page_of(client_of, claire, lacking))
    with pytest.raises(NoMailAnswerError):
        factories.move(lacking, "count_answer", claire)


def test_items_brought_came_on_the_day_of_the_mail(client_of, lacking, claire, letter):
    mail = receive(letter("Voici.", files=[("cvec.pdf", factories.pdf_bytes())])).event
    first, second = lacking.required_items.due()
    page = page_of(client_of, claire, lacking)

    post(client_of(claire), claire, lacking, mail.sequence, supplied=[first.pk])

    assert "Ce que ce courriel apporte" in words_of(page)
    first.refresh_from_db()
    assert (status(lacking), due(lacking)) == (Status.WAITING, [second.label])
    assert (first.provided_at, first.provided_with) == (mail.at, mail)

    receive(letter("Et le second."))
    post(client_of(claire), claire, lacking, supplied=[second.pk])

    assert (status(lacking), due(lacking)) == (Status.IN_PROGRESS, [])


def test_staff_give_nothing_up_for_her_nor_bring_what_is_not_due(lacking, claire, transcripts, lea, letter):
    receive(letter("Voici."))
    other = factories.move(
        factories.ticket_in("in_progress", category=transcripts, handler=claire), "ask_items", claire
    )

    with pytest.raises(NotAllowedError):
        factories.move(lacking, "count_answer", claire, gives_up=True)
    with pytest.raises(UnsuitableItemError):
        factories.move(lacking, "count_answer", claire, supplied=tuple(other.required_items.all()))
    assert (status(lacking), len(due(lacking))) == (Status.WAITING, 2)


# --- at once ---------------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_click_at_once_count_it_once(waiting, claire, mathilde, letter):
    receive(letter("Le 21304567."))
    results = at_once(*(partial(factories.move, waiting, "count_answer", one) for one in (claire, mathilde)))
    refused = [type(one).__name__ for one in results if isinstance(one, MoveRefusedError)]

    assert (refused, status(waiting)) == (["WrongStatusError"], Status.IN_PROGRESS)
    assert waiting.events.filter(kind="count_answer").count() == 1
