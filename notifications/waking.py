"""Wake a worker up after the commit. The rows are the truth: a wake-up that fails costs a minute, no mail."""

import logging
import time

from django.db import transaction
from kombu.exceptions import OperationalError

from teledemande.celery import app

logger = logging.getLogger(__name__)

DELIVER = "notifications.tasks.deliver"
# A broker that is down must not be felt by the person who files: one try, half a second for each answer.
_BRIEF = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
REST_SECONDS = 30
_rests_until = 0.0


def wake_after_commit(pks: list[int]) -> None:
    """Ask for the delivery of the mails `pks` once the current transaction is committed.

    However many mails one transaction writes, the broker is spoken to once, and not at all for
    REST_SECONDS after it failed. Outside a transaction it is asked at once.
    """
    if not pks:
        return
    for _sids, waiting, _robust in transaction.get_connection().run_on_commit:
        earlier = getattr(waiting, "__self__", None)
        if isinstance(earlier, _WakeUp):
            # Those of a savepoint rolled back later are harmless: no row answers to them.
            earlier.pks.extend(pks)
            return
    # Celery's own delay_on_commit raises after the commit: an error shown for a change that was saved.
    transaction.on_commit(_WakeUp(list(pks)).run, robust=True)


class _WakeUp:
    """What waits for a commit. Its bound method has the name Django logs; a partial has none, and breaks."""

    def __init__(self, pks: list[int]) -> None:
        self.pks = pks

    def run(self) -> None:
        wake(self.pks)


def wake(pks: list[int]) -> None:
    """Send one message per mail to the broker, or give up at the first failure."""
    global _rests_until  # noqa: PLW0603 -- one broker, one memory of its failure, per process
    if time.monotonic() < _rests_until:
        return
    try:
        _publish(pks)
    except (OperationalError, OSError) as error:
        _rests_until = time.monotonic() + REST_SECONDS
        logger.warning("broker unreachable: %d mails left to the sweep (%s)", len(pks), type(error).__name__)


def _publish(pks: list[int]) -> None:
    with app.connection_for_write(transport_options=_BRIEF) as broker:
        for pk in pks:
            app.send_task(DELIVER, (pk,), connection=broker, retry=False)
