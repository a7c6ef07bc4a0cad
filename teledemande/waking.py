"""Wake a worker up after the commit. The rows are the truth: a wake-up that fails costs a minute, no work."""

import logging
import os
import threading
import time
from collections.abc import Iterable

from django.db import transaction
from kombu import Connection, Producer
from kombu.exceptions import OperationalError

from teledemande.celery import app

logger = logging.getLogger(__name__)

# A task, the rows it is about, and in how many seconds it is worth trying: 0 for now.
Call = tuple[str, tuple[int | str, ...], float]

# A broker that is down must not be felt by the person who files: one try, half a second for each answer.
_BRIEF = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
REST_SECONDS = 30
_rests_until = 0.0
# A connection left alone for longer may be dead without our knowing.
_KEPT_SECONDS = 60


def wake_after_commit(task: str, rows: Iterable[tuple[int | str, ...]], *, after: float = 0) -> None:
    """Ask for `task` once for each of `rows`, its arguments, once the current transaction is committed.

    It is tried `after` that many seconds. However many tasks one transaction asks for, the broker is spoken
    to once, and not at all for REST_SECONDS after it failed. Outside a transaction it is asked at once.
    """
    calls: list[Call] = [(task, one, after) for one in rows]
    if not calls:
        return
    for _sids, waiting, _robust in transaction.get_connection().run_on_commit:
        earlier = getattr(waiting, "__self__", None)
        if isinstance(earlier, _WakeUp):
            # Those of a savepoint rolled back later are harmless: no row answers to them.
            earlier.calls.extend(calls)
            return
    # Celery's own delay_on_commit raises after the commit: an error shown for a change that was saved.
    transaction.on_commit(_WakeUp(calls).run, robust=True)


class _WakeUp:
    """What waits for a commit. Its bound method has the name Django logs; a partial has none, and breaks."""

    def __init__(self, calls: list[Call]) -> None:
        self.calls = calls

    def run(self) -> None:
        wake(self.calls)


def wake(calls: list[Call]) -> None:
    """Send one message per call to the broker, or give up at the first failure."""
    global _rests_until  # noqa: PLW0603 -- one broker, one memory of its failure, per process
    if time.monotonic() < _rests_until:
        return
    try:
        _publish(calls)
    except (OperationalError, OSError) as error:
        _rests_until = time.monotonic() + REST_SECONDS
        logger.warning(
            "broker unreachable: %d calls left to the sweeps (%s)", len(calls), type(error).__name__
        )


def _publish(calls: list[Call]) -> None:
    if not _line.is_fresh():
        _line.open()
    try:
        for task, rows, after in calls:
            app.send_task(task, rows, producer=_line.producer, retry=False, countdown=after or None)
    except BaseException:
        _line.hang_up()
        raise
    _line.used_at = time.monotonic()


class _Line(threading.local):
    """The connection to the broker each thread keeps: opening one costs more than all that is said on it."""

    broker: Connection | None = None
    producer: Producer | None = None
    process = 0
    used_at = 0.0

    def is_fresh(self) -> bool:
        """Whether it is open, by this process and not the one it came from, and served a moment ago."""
        is_ours = self.broker is not None and self.process == os.getpid()
        return is_ours and time.monotonic() - self.used_at < _KEPT_SECONDS

    def open(self) -> None:
        """Begin a connection, in place of the one before."""
        self.hang_up()
        self.broker = app.connection_for_write(transport_options=_BRIEF)
        self.producer = app.amqp.Producer(self.broker, auto_declare=False)
        self.process = os.getpid()

    def hang_up(self) -> None:
        """Close the connection, if it is ours."""
        broker, self.broker, self.producer = self.broker, None, None
        if broker is not None and self.process == os.getpid():
            broker.release()


_line = _Line()
