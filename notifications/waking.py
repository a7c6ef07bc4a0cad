"""Wake a worker up for the mails a transaction wrote."""

from typing import Final

from teledemande import waking

DELIVER: Final = "notifications.tasks.deliver"
# Handed over one after the other by one worker: not so many that the last would wait.
TOGETHER: Final = 10


def wake_after_commit(pks: list[int], *, after: float = 0) -> None:
    """Ask for the delivery of the mails `pks`, `after` that many seconds, once it is committed."""
    batches = [tuple(pks[start : start + TOGETHER]) for start in range(0, len(pks), TOGETHER)]
    waking.wake_after_commit(DELIVER, batches, after=after)
