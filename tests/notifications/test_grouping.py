"""Courtesy mails of one request in a few minutes are one mail, in order; none is lost, no other waits."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail as outbox_of_django
from django.db import connection
from django.utils import timezone

from notifications.delivery import deliver_due
from notifications.grouping import gather
from notifications.habits import keep_habits
from notifications.models import MailState, OutgoingEmail
from notifications.tasks import sweep
from tests import factories
from tickets.lifecycle.enums import Status

START = "2026-04-01T09:00:00+00:00"
WORDS = ("Premier mot.", "Deuxième mot.", "Troisième mot.")


@pytest.fixture
def grouping(claire):
    """Claire, who groups her mails."""
    keep_habits(claire, hours=[8], has_daily=True, has_overview=True, groups_mails=True)
    return claire


@pytest.fixture
def ticket(lea, transcripts, grouping, time_machine):
    """A request of hers, whose first mails have left."""
    time_machine.move_to("2026-04-01T08:00:00+00:00", tick=False)
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=grouping)
    OutgoingEmail.objects.update(state=MailState.SENT, sent_at=timezone.now(), grouped_until=None)
    time_machine.move_to(START, tick=False)
    return ticket


def write(ticket, lea, time_machine, words=WORDS):
    for word in words:
        factories.move(ticket, "comment", lea, message=word)
        time_machine.shift(timedelta(minutes=1))


def states(person):
    mails = OutgoingEmail.objects.filter(recipient=person).exclude(state=MailState.SENT).order_by("pk")
    return [(mail.message, mail.state) for mail in mails]


def test_news_of_five_minutes_are_one_mail_in_order(ticket, lea, grouping, time_machine):
    write(ticket, lea, time_machine)
    assert gather(timezone.now()) == 0
    time_machine.shift(timedelta(minutes=2))

    assert gather(timezone.now()) == 1

    whole = OutgoingEmail.objects.get(message="staff_group")
    assert states(grouping) == [("staff_news", "cancelled")] * 3 + [("staff_group", "queued")]
    assert whole.subject == f"[{ticket.reference}] 3 nouvelles – {ticket.subject}"
    for body in (whole.body_text, whole.body_html):
        places = [body.index(word) for word in WORDS]
        assert places == sorted(places)
    assert max(len(line) for line in whole.body_text.splitlines() if "http" not in line) <= 72
    assert (whole.to, whole.is_legal, whole.ticket) == (grouping.email, False, ticket)
    parts = whole.parts.order_by("pk")
    assert [part.event.kind for part in parts] == ["comment"] * 3
    assert {part.answer for part in parts} == {f"Joint au courriel «\u00a0{whole.subject}\u00a0»."}
    assert gather(timezone.now()) == 0


def test_requester_waits_for_nothing_even_if_she_groups_as_staff(ticket, lea, time_machine):
    keep_habits(lea, hours=[8], has_daily=True, has_overview=True, groups_mails=True)
    write(ticket, lea, time_machine)

    hers = OutgoingEmail.objects.filter(recipient=lea, message="commented")
    assert [mail.grouped_until for mail in hers] == [None] * 3
    deliver_due()
    assert len(outbox_of_django.outbox) == 3


def test_one_news_leaves_as_it_was_written(ticket, lea, grouping, time_machine):
    write(ticket, lea, time_machine, WORDS[:1])
    body = OutgoingEmail.objects.get(recipient=grouping, state=MailState.QUEUED).body_text
    time_machine.shift(timedelta(minutes=5))

    sweep()

    sent = [mail for mail in outbox_of_django.outbox if mail.to == [grouping.email]]
    assert [mail.body for mail in sent] == [body]


def test_with_nobody_to_gather_them_they_leave_by_themselves_in_order(ticket, lea, grouping, time_machine):
    write(ticket, lea, time_machine)
    time_machine.shift(timedelta(minutes=10))

    deliver_due()

    sent = [mail.body for mail in outbox_of_django.outbox if mail.to == [grouping.email]]
    assert [word in body for word, body in zip(WORDS, sent, strict=True)] == [True] * 3
    assert gather(timezone.now()) == 0


def test_mails_of_two_requests_are_not_put_together(ticket, lea, transcripts, grouping, time_machine):
    other = factories.file_ticket(lea, transcripts)
    write(ticket, lea, time_machine, WORDS[:1])
    time_machine.shift(timedelta(minutes=6))

    assert gather(timezone.now()) == 2
    assert not OutgoingEmail.objects.filter(message="staff_group").exists()
    assert other.mails.filter(recipient=grouping).count() == 1


def test_whoever_did_not_ask_waits_for_nothing(lea, transcripts, claire):
    factories.file_ticket(lea, transcripts)

    assert OutgoingEmail.objects.get(recipient=claire).grouped_until is None


def test_installation_that_groups_nothing(lea, transcripts, grouping, settings):
    settings.MAIL_GROUP_MINUTES = 0
    factories.file_ticket(lea, transcripts)

    assert OutgoingEmail.objects.get(recipient=grouping).grouped_until is None


def test_confidential_mails_are_not_put_together(lea, alert, grouping):
    factories.grant_role(grouping, alert, "handler")
    factories.file_ticket(lea, alert)

    assert OutgoingEmail.objects.get(recipient=grouping).grouped_until is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_gather_once_and_send_nothing_twice(ticket, lea, grouping, time_machine):
    write(ticket, lea, time_machine)
    time_machine.shift(timedelta(minutes=10))  # the mails may also leave by themselves
    now = timezone.now()

    def work(act, *args):
        act(*args)
        connection.close()

    workers = [Thread(target=work, args=one) for one in ((gather, now), (gather, now), (deliver_due,))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    deliver_due()

    told = " ".join(mail.body for mail in outbox_of_django.outbox if mail.to == [grouping.email])
    assert [told.count(word) for word in WORDS] == [1, 1, 1]
