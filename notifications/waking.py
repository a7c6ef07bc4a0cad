"""Wake a worker up for the mails a transaction wrote."""

from teledemande import waking

DELIVER = "notifications.tasks.deliver"


def wake_after_commit(pks: list[int], *, after: float = 0) -> None:
    """Ask for the delivery of the mails `pks`, `after` that many seconds, once it is committed."""
    waking.wake_after_commit(DELIVER, pks, after=after)
