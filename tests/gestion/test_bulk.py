"""Taking several requests at once: each through the one function, and a report in words."""

import pytest
from django.urls import reverse

from tests import factories
from tickets.lifecycle.enums import Status


@pytest.fixture
def take(client_of):
    """Return a function that ticks requests and presses the button; it gives the message shown."""

    def press(person, tickets, **more):
        answers = {
            "action": "take_selected",
            "index": "0",
            "_selected_action": [t.pk for t in tickets],
        } | more
        address = reverse("admin:tickets_ticket_changelist")
        response = client_of(person).post(address, answers, follow=True)
        return [str(message) for message in response.context["messages"]]

    return press


def test_all_are_taken(take, claire, lea, transcripts):
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(2)]

    assert take(claire, tickets) == ["Prise en charge : 2 faites."]
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, claire)


def test_refusals_are_counted_with_their_reason(take, claire, lea, transcripts):
    free = factories.file_ticket(lea, transcripts)
    ended = [factories.ticket_in("cancelled", requester=lea, category=transcripts) for _each in range(2)]

    assert take(claire, [free, *ended]) == [
        "Prise en charge : 1 faite, 2 refusées : La demande a changé entre-temps : cette action n’est plus "
        "possible. Rien n’a été modifié. (2)"
    ]


def test_observer_takes_nothing(take, oscar, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    assert take(oscar, [ticket]) == [
        "Prise en charge : aucune faite, 1 refusée : Vous ne pouvez pas faire cette action sur cette demande."
    ]
    ticket.refresh_from_db()
    assert ticket.status == Status.SUBMITTED


def test_requests_of_another_theme_are_not_reached(take, bruno, lea, transcripts, refunds):
    theirs, mine = factories.file_ticket(lea, transcripts), factories.file_ticket(lea, refunds)

    assert take(bruno, [theirs, mine]) == ["Prise en charge : 1 faite."]
    theirs.refresh_from_db()
    assert theirs.assignee is None


def test_too_many_at_once_is_refused_whole(take, claire, lea, transcripts, monkeypatch):
    monkeypatch.setattr("tickets.admin.bulk.AT_MOST", 1)
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(2)]

    assert take(claire, tickets[:1], select_across="1") == ["Choisissez au plus 1 demandes à la fois."]
    assert {type(ticket).objects.get(pk=ticket.pk).status for ticket in tickets} == {Status.SUBMITTED}
