"""The wake-up after the commit: one, brief, and never an error for the person who files."""

import socket
import time
from contextlib import suppress
from functools import partial

import pytest
from django.db import transaction

from notifications.models import OutgoingEmail
from notifications.waking import DELIVER
from notifications.waking import wake_after_commit as wake_for_mails
from teledemande import waking
from teledemande.celery import app
from tests import factories
from tests.services import Redis


@pytest.fixture(autouse=True)
def no_memory_of_failures(monkeypatch):
    monkeypatch.setattr(waking, "_rests_until", 0.0)
    monkeypatch.setattr(waking, "_line", waking._Line())


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
        waking.wake_after_commit("mails", [(1, 2), (3,)])
        with transaction.atomic():
            waking.wake_after_commit("files", [("4",)])

    assert len(callbacks) == 1
    assert published == [[("mails", (1, 2), 0), ("mails", (3,), 0), ("files", ("4",), 0)]]


def test_rolled_back_savepoint_does_not_silence_what_follows(
    published, django_capture_on_commit_callbacks, db
):
    def undone():
        with transaction.atomic():
            waking.wake_after_commit("mails", [(1,)])
            raise KeyError

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with suppress(KeyError):
            undone()
        waking.wake_after_commit("mails", [(2,)])

    assert published == [[("mails", (2,), 0)]]


def test_filing_wakes_once_for_the_mails_it_wrote(
    published, django_capture_on_commit_callbacks, lea, transcripts, claire
):
    with django_capture_on_commit_callbacks(execute=True):
        factories.file_ticket(lea, transcripts)

    written = OutgoingEmail.objects.order_by("pk").values_list("pk", flat=True)
    assert len(written) == 2
    assert published == [[(DELIVER, tuple(written), 0)]]


def test_no_worker_has_more_than_a_few_mails_to_hand_over(published, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True):
        wake_for_mails(list(range(25)))

    batches = [rows for _task, rows, _after in published[0]]
    assert [len(rows) for rows in batches] == [10, 10, 5]
    assert [pk for rows in batches for pk in rows] == list(range(25))


@pytest.mark.django_db(transaction=True)
def test_unexpected_failure_of_the_wake_up_is_no_error_for_the_change(monkeypatch, caplog):
    def explode(calls):
        raise RuntimeError

    monkeypatch.setattr(waking, "_publish", explode)

    with transaction.atomic():
        waking.wake_after_commit("mails", [(1,)])

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
    waking.wake([("mails", (number,), 0) for number in range(10)])
    first = time.monotonic() - started
    waking.wake([("mails", (1,), 0)])
    then = time.monotonic() - started - first

    assert first < 1.5
    assert then < 0.05
    assert caplog.messages.count("broker unreachable: 10 calls left to the sweeps (OperationalError)") <= 1


def messages_of(count):
    """Return the next `count` messages of the broker: task and arguments."""
    with app.connection_for_write() as broker:
        queue = broker.SimpleQueue("celery")
        messages = [queue.get(timeout=5) for _number in range(count)]
        queue.close()
    return [(message.headers["task"], message.payload[0]) for message in messages]


def connections_made(redis):
    with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as line:
        line.sendall(b"INFO stats\r\n")
        said = line.recv(65_536).decode()
    return int(said.partition("total_connections_received:")[2].split()[0])


@pytest.mark.services
def test_working_redis_receives_one_message_per_call(broker_at):
    with Redis() as redis:
        broker_at(redis.url)

        waking.wake([(DELIVER, (7, 8), 0), ("tickets.tasks.check_file", ("9",), 0)])

        received = messages_of(2)
    assert received == [(DELIVER, [7, 8]), ("tickets.tasks.check_file", ["9"])]


@pytest.mark.services
def test_connection_is_kept_from_one_wake_up_to_the_next(broker_at):
    with Redis() as redis:
        broker_at(redis.url)
        waking.wake([(DELIVER, (1,), 0)])

        before = connections_made(redis)
        for number in range(5):
            waking.wake([(DELIVER, (number,), 0)])
        assert connections_made(redis) == before + 1  # the one that asks

        messages_of(6)


@pytest.mark.services
@pytest.mark.parametrize("how", ["cut", "old", "of another process"])
def test_connection_that_is_no_good_any_more_is_replaced(broker_at, monkeypatch, how):
    with Redis() as redis:
        broker_at(redis.url)
        waking.wake([(DELIVER, (1,), 0)])
        if how == "cut":
            # As a broker restarted, or a wall on the way, would.
            with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as line:
                line.sendall(b"CLIENT KILL TYPE normal\r\n")
                line.recv(100)
        elif how == "old":
            waking._line.used_at -= 61
        else:
            waking._line.process = 0
        first = waking._line.broker

        waking.wake([(DELIVER, (2,), 0)])

        received = messages_of(2)
        assert (waking._line.broker is first) == (how == "cut")
    assert received == [(DELIVER, [1]), (DELIVER, [2])]


@pytest.mark.services
def test_broker_restarted_is_spoken_to_again_at_once(broker_at, caplog):
    with Redis() as redis:
        broker_at(redis.url)
        waking.wake([(DELIVER, (1,), 0)])
        redis.stop()
        redis.start()

        waking.wake([(DELIVER, (2,), 0)])

        assert messages_of(1) == [(DELIVER, [2])]
    assert "broker unreachable" not in caplog.text
