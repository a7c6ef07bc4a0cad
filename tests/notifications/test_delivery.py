"""Claims, tries, and what a real SMTP server answers."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, connection
from django.db.models.query import QuerySet
from django.utils import timezone

from notifications import delivery, tasks
from notifications.claims import claim, claim_due, lease, slowest
from notifications.delivery import deliver, deliver_due
from notifications.models import TO_SEND, MailState, OutgoingEmail
from notifications.smtp import Post, UnreachableError
from tests.notifications.mails import SMTP_BACKEND, fate, mail
from tests.services import Smtp


@pytest.fixture(autouse=True)
def no_memory_of_failures(monkeypatch):
    monkeypatch.setattr(delivery, "_server", delivery._Server())


# --- workers --------------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_workers_that_race_one_sends(settings):
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    SlowBackend.sent = []
    rows = [mail() for _number in range(5)]
    barrier = threading.Barrier(6)

    def work():
        barrier.wait()
        for row in rows:
            deliver(row.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(SlowBackend.sent) == sorted(row.headers["Message-ID"] for row in rows)
    assert {fate(row)[:2] for row in rows} == {(MailState.SENT, 1)}


class SlowBackend(BaseEmailBackend):
    """Take a moment, and remember what was sent and whether a transaction was open."""

    sent: list[str] = []
    inside_transaction: list[bool] = []

    def send_messages(self, messages):
        time.sleep(0.05)
        SlowBackend.sent += [message.extra_headers["Message-ID"] for message in messages]
        SlowBackend.inside_transaction.append(connection.in_atomic_block)
        return len(messages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [tasks.sweep, lambda: tasks.deliver(OutgoingEmail.objects.get().pk)])
def test_nothing_is_sent_inside_a_transaction(settings, how):
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    SlowBackend.inside_transaction = []
    row = mail()

    how()

    assert SlowBackend.inside_transaction == [False]
    assert fate(row)[:2] == (MailState.SENT, 1)


# --- what the server answers ---------------------------------------------------------------------------
@pytest.fixture(scope="module")
def server():
    with Smtp() as running:
        yield running


@pytest.fixture
def smtp(server, settings, db):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP_BACKEND, "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 1
    server.accept()
    server.forget()
    return server


@pytest.mark.services
@pytest.mark.parametrize(
    "subject",
    ["Reçue", "[TD-2026-000001] Votre demande est bien reçue – Relevé de notes de l’année", "a" * 79],
    ids=["short", "folded", "one long word"],
)
def test_subject_arrives_as_it_was_written(smtp, subject):
    deliver(mail(subject=subject).pk)

    assert smtp.wait_for_mail().subject == subject


@pytest.mark.services
def test_accepted_mail_is_sent_with_its_headers_to_one_recipient(smtp):
    row = mail()

    deliver(row.pk)

    received = smtp.wait_for_mail()
    assert fate(row) == (MailState.SENT, 1, "250 OK")
    assert (received.recipients, received.subject) == (["lea@example.org"], "Reçue")
    assert (received.text.strip(), received.html.strip()) == ("Bonjour Léa.", "<p>Bonjour Léa.</p>")
    assert {name: received.message[name] for name in row.headers} == row.headers


@pytest.mark.services
@pytest.mark.parametrize(
    ("reply", "stage", "state"),
    [
        ("451 4.3.0 Plus tard", "data", MailState.DEFERRED),
        ("450 4.2.0 Liste grise", "rcpt", MailState.DEFERRED),
        ("550 5.7.1 Refus", "data", MailState.FAILED),
        ("550 5.1.1 Inconnue", "rcpt", MailState.FAILED),
    ],
    ids=["451", "450 recipient", "550", "550 recipient"],
)
def test_refusal_is_put_off_or_final_by_its_code(smtp, reply, stage, state, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    smtp.refuse(reply, stage=stage)
    row = mail()
    now = timezone.now()

    deliver(row.pk)

    assert fate(row) == (state, 1, reply)
    assert row.due_at - now == (timedelta(minutes=1) if state == MailState.DEFERRED else timedelta(0))


@pytest.mark.services
def test_server_slower_than_the_time_out_is_tried_again(smtp):
    smtp.slow_down(2)
    row = mail()
    started = time.monotonic()

    deliver(row.pk)

    assert time.monotonic() - started < 2
    assert fate(row)[:2] == (MailState.DEFERRED, 1)


@pytest.mark.services
def test_server_silent_on_two_mails_in_a_row_is_left_alone(smtp):
    smtp.slow_down(3)
    rows = [mail() for _number in range(4)]
    started = time.monotonic()

    deliver_due()
    for row in rows:
        tasks.deliver(row.pk)

    assert time.monotonic() - started < 3.5
    assert [fate(row)[:2] for row in rows] == [(MailState.DEFERRED, 1)] * 2 + [(MailState.QUEUED, 0)] * 2


@pytest.mark.services
def test_server_silent_on_one_mail_does_not_hold_back_the_others(smtp):
    smtp.slow_down(3, recipient="lente@example.org")
    rows = [mail(to="lente@example.org" if rank == 1 else "lea@example.org") for rank in range(4)]

    tasks.deliver(*(row.pk for row in rows))

    assert [fate(row)[0] for row in rows] == [
        MailState.SENT,
        MailState.DEFERRED,
        MailState.SENT,
        MailState.SENT,
    ]


@pytest.mark.services
def test_refused_recipient_does_not_spoil_the_next_mail(smtp):
    smtp.refuse("550 5.1.1 Inconnue", stage="rcpt", recipient="inconnue@example.org")
    rows = [mail(), mail(to="inconnue@example.org"), mail()]

    deliver_due()

    assert [fate(row)[0] for row in rows] == [MailState.SENT, MailState.FAILED, MailState.SENT]


@pytest.fixture
def no_server(settings, db):
    with socket.create_server(("127.0.0.1", 0)) as held:
        settings.EMAIL_PORT = held.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = SMTP_BACKEND, "127.0.0.1", 1


def test_refused_connection_is_tried_again(no_server):
    row = mail()
    now = timezone.now()

    with pytest.raises(UnreachableError):
        deliver(row.pk)

    # Nobody refused it: that is no try.
    assert fate(row) == (MailState.DEFERRED, 0, "ConnectionRefusedError: [Errno 111] Connection refused")
    assert timedelta(seconds=59) < row.due_at - now < timedelta(seconds=62)


def test_sweep_stops_at_a_server_that_is_down(no_server):
    rows = [mail(), mail(), mail()]

    deliver_due()

    assert [fate(row)[:2] for row in rows] == [
        (MailState.DEFERRED, 0),
        (MailState.QUEUED, 0),
        (MailState.QUEUED, 0),
    ]


def test_wake_ups_wait_for_a_server_that_is_down(no_server):
    rows = [mail(), mail()]

    for row in rows:
        tasks.deliver(row.pk)

    assert [fate(row)[0] for row in rows] == [MailState.DEFERRED, MailState.QUEUED]


# --- tries -------------------------------------------------------------------------------------------
@pytest.mark.services
def test_tries_are_further_and_further_apart_then_given_up(smtp, time_machine):
    time_machine.move_to("2026-04-06T08:00:00+00:00", tick=False)
    smtp.refuse("451 4.3.0 Plus tard")
    row = mail()
    waited = []

    while fate(row)[0] in TO_SEND:
        waited.append((row.due_at - timezone.now()).total_seconds() / 60)
        time_machine.move_to(row.due_at, tick=False)
        deliver(row.pk)

    assert waited == [0, 1, 5, 15, *[60] * 47]
    assert timedelta(hours=47) < timedelta(minutes=sum(waited)) <= timedelta(hours=48)
    assert fate(row)[:2] == (MailState.FAILED, len(waited))


def test_server_that_is_down_for_a_week_loses_nothing(no_server, time_machine):
    time_machine.move_to("2026-04-06T08:00:00+00:00", tick=False)
    row = mail()
    for _day in range(7):
        time_machine.shift(timedelta(days=1))
        deliver_due()

    assert fate(row)[:2] == (MailState.DEFERRED, 0)


def test_mail_that_kills_its_workers_is_given_up(db):
    row = mail(state=MailState.SENDING, claimed_until=timezone.now() - timedelta(1), attempts=51)

    deliver(row.pk)

    assert fate(row)[0] == MailState.FAILED


def test_mail_left_by_a_dead_worker_is_sent_by_the_sweep(db, mailoutbox):
    row = mail(state=MailState.SENDING, claimed_until=timezone.now() - timedelta(seconds=1), attempts=1)

    tasks.sweep()

    assert fate(row)[:2] == (MailState.SENT, 2)
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [f"<{row.uuid}@127.0.0.1>"]


def test_late_failure_does_not_undo_what_another_worker_did(no_server, monkeypatch):
    row = mail()

    def sent_meanwhile(self, taken):
        OutgoingEmail.objects.filter(pk=row.pk).update(
            state=MailState.SENT, sent_at=timezone.now(), attempts=2
        )
        raise UnreachableError("trop tard")

    monkeypatch.setattr("notifications.smtp.Post.hand", sent_meanwhile)

    with pytest.raises(UnreachableError):
        deliver(row.pk)

    assert fate(row)[:2] == (MailState.SENT, 2)


def test_locked_database_does_not_make_a_mail_leave_twice(db, mailoutbox, monkeypatch):
    row = mail()
    claimed = claim(row.pk)
    errors = [OperationalError("database is locked")] * 2
    update = QuerySet.update

    def locked_twice(self, **fields):
        if errors:
            raise errors.pop()
        return update(self, **fields)

    monkeypatch.setattr(QuerySet, "update", locked_twice)
    monkeypatch.setattr(delivery.time, "sleep", lambda seconds: None)

    with Post() as post:
        delivery._hand(claimed, post)

    monkeypatch.undo()
    assert fate(row)[0] == MailState.SENT
    assert len(mailoutbox) == 1


def test_sweep_sends_all_that_is_due_oldest_first(db, mailoutbox, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    now = timezone.now()
    rows = [mail(due_at=now - timedelta(minutes=minutes)) for minutes in (1, 3, 2)]

    deliver_due()

    assert [fate(row)[0] for row in rows] == [MailState.SENT] * 3
    sent = [one.extra_headers["Message-ID"] for one in mailoutbox]
    assert sent == [rows[rank].headers["Message-ID"] for rank in (1, 2, 0)]


def test_sweep_is_bounded_in_time_and_puts_back_what_it_took(db, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"  # twenty a second
    monkeypatch.setattr(delivery, "SWEEP_SECONDS", 0.12)
    rows = [mail() for _number in range(10)]

    deliver_due()

    assert fate(rows[0])[:2] == (MailState.SENT, 1)
    assert {fate(row)[:2] for row in rows[5:]} == {(MailState.QUEUED, 0)}


def test_claim_that_would_end_before_the_mail_is_sent_is_given_up(db, mailoutbox, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    rows = [mail(), mail(state=MailState.DEFERRED, answer="451 Plus tard", attempts=1)]
    taken = claim_due(2)
    time_machine.shift(lease() - slowest() + timedelta(seconds=1))

    with Post() as post:
        delivery._deliver_together(taken, post, time.monotonic() + 10)

    assert mailoutbox == []
    assert [fate(row)[:2] for row in rows] == [(MailState.QUEUED, 0), (MailState.DEFERRED, 1)]


def test_address_that_no_server_takes_fails_and_says_why(smtp_in_memory):
    row = mail(to="léa@example.org\nBcc: x@example.org")

    deliver(row.pk)

    assert fate(row)[0] == MailState.FAILED
    assert "newlines" in row.answer


@pytest.fixture
def smtp_in_memory(db, mailoutbox):
    return mailoutbox


# --- secrets -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("is_secret", "keeps", "body"),
    [(True, False, ""), (True, True, "lien secret"), (False, False, "lien secret")],
    ids=["wiped", "kept by the demonstration", "no secret"],
)
def test_secret_body_is_wiped_once_sent(db, mailoutbox, settings, caplog, is_secret, keeps, body):
    settings.OUTBOX_KEEPS_SECRETS = keeps
    caplog.set_level("DEBUG")
    row = mail(body_text="lien secret", body_html="lien secret", is_secret=is_secret)

    deliver(row.pk)

    row.refresh_from_db()
    assert (row.body_text, row.body_html) == (body, body)
    assert mailoutbox[0].body == "lien secret"
    assert "secret" not in caplog.text
    assert "example.org" not in caplog.text
