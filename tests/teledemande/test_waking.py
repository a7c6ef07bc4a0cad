"""The wake-up after the commit: one, brief, and never an error for the person who files."""

import socket
import time
from contextlib import suppress
from functools import partial

import pytest
from django.db import transaction

from notifications.models import OutgoingEmail
from notifications.waking import DELIVER
from teledemande import waking
from teledemande.celery import app
from tests import factories
from tests.services import Redis


@pytest.fixture(autouse=True)
def no_memory_of_failures(monkeypatch):
    monkeypatch.setattr(waking, "_rests_until", 0.0)


@pytest.fixture
def published(monkeypatch):
    """Return the list of what is published, in calls: no broker."""
    calls = []
    monkeypatch.setattr(waking, "_publish", calls.append)
    return calls


@pytest.fixture
def broker_at(monkeypatch):
    """Return a function that points the publisher to an address."""

    def point(url):
        connect = partial(app.connection_for_write, url)
        monkeypatch.setattr(app, "connection_for_write", lambda **options: connect(transport=None, **options))

    return point


# --- once ----------------------------------------------------------------------------------------------
def test_one_transaction_wakes_once_for_all_its_calls(published, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        waking.wake_after_commit("mails", [1, 2])
        with transaction.atomic():
            waking.wake_after_commit("files", ["3"])

    assert len(callbacks) == 1
    assert published == [[("mails", 1), ("mails", 2), ("files", "3")]]


def test_rolled_back_savepoint_does_not_silence_what_follows(
    published, django_capture_on_commit_callbacks, db
):
    def undone():
        with transaction.atomic():
            waking.wake_after_commit("mails", [1])
            raise KeyError

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with suppress(KeyError):
            undone()
        waking.wake_after_commit("mails", [2])

    assert published == [[("mails", 2)]]


def test_filing_wakes_for_each_mail_written(
    published, django_capture_on_commit_callbacks, lea, transcripts, claire
):
    with django_capture_on_commit_callbacks(execute=True):
        factories.file_ticket(lea, transcripts)

    assert published == [
        [(DELIVER, pk) for pk in OutgoingEmail.objects.order_by("pk").values_list("pk", flat=True)]
    ]


@pytest.mark.django_db(transaction=True)
def test_unexpected_failure_of_the_wake_up_is_no_error_for_the_change(monkeypatch, caplog):
    def explode(calls):
        raise RuntimeError

    monkeypatch.setattr(waking, "_publish", explode)

    with transaction.atomic():
        waking.wake_after_commit("mails", [1])

    assert "Error calling _WakeUp.run in on_commit()" in caplog.text


# --- brief ---------------------------------------------------------------------------------------------
@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


@pytest.fixture
def hanging_port():
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:  # accepts, and never says a word
        yield listening.getsockname()[1]


@pytest.mark.parametrize("port", ["closed_port", "hanging_port"])
def test_broker_that_is_down_is_hardly_felt_and_then_left_alone(broker_at, request, port, caplog):
    broker_at(f"redis://127.0.0.1:{request.getfixturevalue(port)}/0")
    waking.wake([])  # imports

    started = time.monotonic()
    waking.wake([("mails", number) for number in range(10)])
    first = time.monotonic() - started
    waking.wake([("mails", 1)])
    then = time.monotonic() - started - first

    assert first < 1.5
    assert then < 0.05
    assert caplog.messages.count("broker unreachable: 10 calls left to the sweeps (OperationalError)") <= 1


@pytest.mark.services
def test_working_redis_receives_one_message_per_call(broker_at):
    with Redis() as redis:
        broker_at(redis.url)

        waking.wake([(DELIVER, 7), ("tickets.tasks.check_file", "8")])

        with app.connection_for_write() as broker:
            queue = broker.SimpleQueue("celery")
            messages = [queue.get(timeout=5) for _number in range(2)]
            received = [(message.headers["task"], message.payload[0]) for message in messages]
            queue.close()
    assert received == [(DELIVER, [7]), ("tickets.tasks.check_file", ["8"])]
