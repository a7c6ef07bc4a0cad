"""A question left without an answer is recalled on the fifth and on the tenth day, in Paris, once each."""

import uuid
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from notifications.models import OutgoingEmail
from tests.factories import invite, move, ticket_in
from tickets.services.daily import remind_of_questions

ASKED_AT = datetime(2026, 3, 23, 22, 30, tzinfo=UTC)  # 23 h 30 in Paris; the clocks change on the 29th


@pytest.fixture
def asked(lea, claire, transcripts, time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    return ticket_in("waiting", requester=lea, category=transcripts, handler=claire)


def at_seven(day, month=3):
    """Return seven in the morning in Paris."""
    hours = 5 if (month, day) >= (3, 29) else 6
    return datetime(2026, month, day, hours, 0, tzinfo=UTC)


def reminders(person):
    mails = OutgoingEmail.objects.filter(message="answer_reminded", recipient=person)
    return [f"{mail.event.at:%d/%m}" for mail in mails.order_by("pk")]


def run_each_day(ticket, first, last, time_machine):
    """Run the job three times a day, two of them for nothing."""
    day = first
    while day <= last:
        for hour in range(3):
            time_machine.move_to(at_seven(day.day, day.month) + timedelta(hours=hour), tick=False)
            remind_of_questions(at_seven(day.day, day.month) + timedelta(hours=hour))
        day += timedelta(days=1)


def test_requester_is_reminded_on_the_fifth_and_the_tenth_day(asked, lea, claire, time_machine):
    run_each_day(asked, date(2026, 3, 24), date(2026, 4, 20), time_machine)

    assert reminders(lea) == ["28/03", "02/04"]
    assert reminders(claire) == []
    asked.refresh_from_db()
    assert (asked.status, asked.assignee) == ("waiting", claire)


def test_mail_says_what_is_awaited_and_since_when(asked, lea, time_machine):
    time_machine.move_to(at_seven(28), tick=False)
    remind_of_questions(at_seven(28))

    mail = OutgoingEmail.objects.get(message="answer_reminded")

    words = " ".join(mail.body_text.split())
    assert mail.subject.startswith(f"[{asked.reference}] Rappel\u00a0: votre réponse est attendue")
    assert "Le lundi 23 mars 2026, une question vous a été posée" in words
    assert "Votre demande reprendra dès votre réponse." in words
    assert asked.events.get(kind="ask").words in words
    assert "lundi 23 mars 2026" in mail.body_html


def test_people_invited_are_reminded_too(asked, lea, marc):
    invite(asked, marc)

    remind_of_questions(at_seven(28))

    told = OutgoingEmail.objects.filter(event__kind="remind_answer").order_by("pk")
    assert [mail.recipient for mail in told] == [lea, marc]


@pytest.mark.parametrize("act", ["answer", "withdraw"])
def test_whoever_did_something_is_reminded_no_more(asked, lea, act, time_machine):
    time_machine.move_to(at_seven(29), tick=False)
    remind_of_questions(at_seven(29))
    move(asked, act, lea)

    assert remind_of_questions(at_seven(2, 4)) == 0
    assert reminders(lea) == ["29/03"]


def test_new_question_starts_again(asked, lea, claire, time_machine):
    run_each_day(asked, date(2026, 3, 24), date(2026, 3, 30), time_machine)
    move(asked, "answer", lea)
    time_machine.move_to(datetime(2026, 3, 31, 9, 0, tzinfo=UTC), tick=False)
    move(asked, "ask", claire)

    run_each_day(asked, date(2026, 4, 1), date(2026, 4, 12), time_machine)

    assert reminders(lea) == ["28/03", "05/04", "10/04"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [((30,), ["30/03"]), ((30, 31), ["30/03"]), ((3, 4), ["03/04"])],
    ids=["late", "late twice", "after the tenth day"],
)
def test_late_run_reminds_once(asked, lea, days, expected, time_machine):
    for day in days:
        month = 3 if day > 20 else 4
        time_machine.move_to(at_seven(day, month), tick=False)
        remind_of_questions(at_seven(day, month))

    assert reminders(lea) == expected


def test_first_reminder_sent_on_the_ninth_day_or_later_is_the_only_one(asked, lea, time_machine):
    time_machine.move_to(ASKED_AT + timedelta(days=9, hours=1), tick=False)
    remind_of_questions(ASKED_AT + timedelta(days=9, hours=1))

    run_each_day(asked, date(2026, 4, 3), date(2026, 4, 9), time_machine)

    assert reminders(lea) == ["01/04"]


def test_second_question_taken_back_does_not_put_the_reminder_off(asked, lea, claire, time_machine):
    time_machine.move_to(ASKED_AT + timedelta(days=3), tick=False)
    move(asked, "ask", claire, hold=timedelta(seconds=15), key=uuid.uuid4())
    move(asked, "take_back", claire, key=uuid.uuid4())

    assert remind_of_questions(at_seven(28)) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(asked, lea):
    def run():
        remind_of_questions(at_seven(28))
        connection.close()

    workers = [Thread(target=run) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(reminders(lea)) == 1
