"""What Télé-demande does by itself happens on its day, in Paris, and once."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from notifications.models import OutgoingEmail
from tests.factories import move, ticket_in
from tickets.models import Ticket, TicketEvent
from tickets.services.daily import expire_closings, recall_postponed, remind_of_closings

CLOSED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # fifteen days: until 17 March included


@pytest.fixture
def closed(lea, claire, transcripts, time_machine):
    time_machine.move_to(CLOSED_AT, tick=False)
    return ticket_in("closed", requester=lea, category=transcripts, handler=claire)


@pytest.fixture
def postponed(lea, claire, transcripts, time_machine):
    time_machine.move_to(CLOSED_AT, tick=False)
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    return move(ticket, "postpone", claire, recall_on=date(2026, 3, 29))  # the clocks change that night


def in_utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def kinds(ticket):
    """Return what happened to a request, and who did it."""
    events = TicketEvent.objects.filter(ticket=ticket).order_by("sequence")
    return [(event.kind, event.actor and event.actor.first_name) for event in events]


def test_closing_is_tacit_from_the_day_after_the_last_one_in_paris(closed):
    last_minute, first_minute = in_utc(2026, 3, 17, 22, 59), in_utc(2026, 3, 17, 23, 0)

    assert (closed.approve_by, expire_closings(last_minute), expire_closings(first_minute)) == (
        date(2026, 3, 17),
        0,
        1,
    )
    closed.refresh_from_db()
    assert (closed.status, closed.ended_at, closed.outcome) == ("expired", first_minute, "accepted")
    assert kinds(closed)[-1] == ("expire", None)


def test_postponed_request_comes_back_on_its_day_to_whoever_had_it(postponed, claire):
    eve, day = in_utc(2026, 3, 28, 22, 59), in_utc(2026, 3, 29, 5, 0)

    assert (recall_postponed(eve), recall_postponed(day)) == (0, 1)
    postponed.refresh_from_db()
    assert (postponed.status, postponed.assignee, postponed.recall_on) == ("in_progress", claire, None)
    assert kinds(postponed)[-1] == ("recall", None)
    told = OutgoingEmail.objects.filter(event__kind="recall").values_list("recipient__first_name", flat=True)
    assert sorted(told) == ["Claire", "Léa"]


@pytest.mark.parametrize(
    ("day", "reminded"), [(11, 0), (12, 1), (17, 1), (18, 0)], ids=["early", "first", "last", "over"]
)
def test_requester_is_reminded_during_the_last_five_days(closed, lea, day, reminded):
    assert remind_of_closings(in_utc(2026, 3, day, 8, 0)) == reminded
    mails = OutgoingEmail.objects.filter(message="reminded")
    assert [mail.recipient for mail in mails] == [lea] * reminded
    assert ["mardi 17 mars 2026" in mail.body_text for mail in mails] == [True] * reminded


def test_short_delay_has_no_reminder(closed):
    closed.category.closing_delay_days = 5
    closed.category.save(update_fields=["closing_delay_days"])

    assert remind_of_closings(in_utc(2026, 3, 13, 8, 0)) == 0


@pytest.mark.parametrize(
    ("job", "at"),
    [
        (expire_closings, in_utc(2026, 6, 1, 0, 0)),
        (remind_of_closings, in_utc(2026, 3, 14, 8, 0)),
        (recall_postponed, in_utc(2026, 6, 1, 8, 0)),
    ],
    ids=["expire", "remind", "recall"],
)
def test_second_run_and_late_run_do_a_thing_once(closed, postponed, job, at):
    assert [job(at), job(at), job(at + timedelta(minutes=1))] == [1, 0, 0]


def test_second_contest_is_told_to_the_manager(closed, lea, claire, mathilde):
    for _time in range(2):
        move(closed, "contest", lea)
        told = OutgoingEmail.objects.filter(event=closed.events.last()).order_by("recipient__first_name")
        names = [mail.recipient.first_name for mail in told]
        move(closed, "close", claire)

    assert names == ["Claire", "Léa", "Mathilde"]
    assert OutgoingEmail.objects.filter(event__kind="contest", recipient=mathilde).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_close_once(closed):
    at, answers = in_utc(2026, 6, 1, 0, 0), []

    def work():
        answers.append(expire_closings(at))
        connection.close()

    threads = [Thread(target=work) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(answers), Ticket.objects.get(pk=closed.pk).event_count) == (1, len(kinds(closed)))
    assert [kind for kind, _who in kinds(closed)].count("expire") == 1
