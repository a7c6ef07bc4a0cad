"""Wake a worker up after the commit. The rows are the truth: a wake-up that fails costs a minute, no work."""

import logging
import time
from collections.abc import Iterable

from django.db import transaction
from kombu.exceptions import OperationalError

from teledemande.celery import app

logger = logging.getLogger(__name__)

# A task, the row it is about, and in how many seconds it is worth trying if not now.
Call = tuple[str, int | str] | tuple[str, int | str, float]

# A broker that is down must not be felt by the person who files: one try, half a second for each answer.
_BRIEF = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
REST_SECONDS = 30
_rests_until = 0.0


def wake_after_commit(task: str, ids: Iterable[int | str], *, after: float = 0) -> None:
    """Ask for `task` on each of `ids`, `after` that many seconds, once the current transaction is committed.

    However many tasks one transaction asks for, the broker is spoken to once, and not at all for
    REST_SECONDS after it failed. Outside a transaction it is asked at once.
    """
    calls: list[Call] = [(task, one, after) if after else (task, one) for one in ids]
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
    with app.connection_for_write(transport_options=_BRIEF) as broker:
        for task, one, *after in calls:
            countdown = after[0] if after else None
            app.send_task(task, (one,), connection=broker, retry=False, countdown=countdown)
