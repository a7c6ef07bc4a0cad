"""Following a request: told of it as long as one may read it, and nothing else."""

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests.factories import file_ticket, handler_on, move
from tickets.models import Follow, Ticket
from tickets.services.following import follow, unfollow


@pytest.fixture
def ticket(lea, transcripts, claire):
    return move(file_ticket(lea, transcripts), "take", claire)


def told(kind):
    mails = OutgoingEmail.objects.filter(event__kind=kind, recipient__is_staff=True)
    return sorted((mail.recipient.first_name, mail.message) for mail in mails)


def address(ticket):
    return reverse("admin:tickets_ticket_follow", args=[ticket.pk])


def test_followers_are_told_of_moves_once_and_until_they_stop(ticket, claire, colette, oscar, adam, lea):
    for one in (claire, colette, oscar, adam, oscar):
        follow(ticket, one)

    move(ticket, "comment", lea)
    unfollow(ticket, oscar)
    move(ticket, "close", claire)

    news = "staff_news"
    assert told("comment") == [("Adam", news), ("Claire", news), ("Colette", news), ("Oscar", news)]
    assert told("close") == [("Adam", news), ("Colette", news)]


def test_followers_hear_of_internal_events_if_they_act_on_the_theme(ticket, claire, colette, oscar, adam):
    for one in (colette, oscar, adam):
        follow(ticket, one)

    move(ticket, "note", claire)
    move(ticket, "change_priority", claire)

    assert told("note") == told("change_priority") == [("Colette", "staff_news")]


def test_follower_who_may_read_no_more_is_told_nothing(ticket, colette, bruno, lea):
    follow(ticket, colette)
    follow(ticket, bruno)
    colette.roles.all().delete()

    move(ticket, "comment", lea)

    assert told("comment") == [("Claire", "staff_news")]
    assert not Ticket.objects.staffed_by(bruno).exists()


def test_administrator_is_told_nothing_of_a_confidential_request(alert, lea, adam):
    handler = handler_on(alert)
    ticket = file_ticket(lea, alert)
    follow(ticket, adam)

    move(ticket, "comment", handler)

    assert told("comment") == []


def test_following_is_no_event(ticket, colette):
    before = (ticket.event_count, ticket.updated_at)

    follow(ticket, colette)

    ticket.refresh_from_db()
    assert (ticket.event_count, ticket.updated_at) == before


def test_button_follows_and_stops(ticket, oscar, client_of):
    browser = client_of(oscar)
    home = reverse("admin:tickets_ticket_change", args=[ticket.pk])

    started = [browser.post(address(ticket)) for _twice in range(2)]
    followed = list(Follow.objects.values_list("ticket", "user"))
    shown = browser.get(home).content.decode()
    stopped = browser.post(address(ticket), {"stop": "1"})

    assert {(one.status_code, one.url) for one in (*started, stopped)} == {(302, home)}
    assert followed == [(ticket.pk, oscar.pk)]
    assert "Ne plus suivre cette demande" in shown
    assert "Suivre cette demande" in browser.get(home).content.decode()
    assert not Follow.objects.exists()


@pytest.mark.parametrize("who", ["bruno", "lea", "ines"])
def test_request_one_does_not_read_as_staff_is_not_followed(request, ticket, who, client_of):
    assert client_of(request.getfixturevalue(who)).post(address(ticket)).status_code == 404
    assert not Follow.objects.exists()
