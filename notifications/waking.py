"""Wake a worker up for the mails a transaction wrote."""

from teledemande import waking

DELIVER = "notifications.tasks.deliver"


def wake_after_commit(pks: list[int]) -> None:
    """Ask for the delivery of the mails `pks` once the current transaction is committed."""
    waking.wake_after_commit(DELIVER, pks)
