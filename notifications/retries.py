"""When a mail put off is tried again, and when it is given up."""

from datetime import timedelta
from typing import Final

from django.conf import settings

GIVE_UP: Final = timedelta(hours=48)


def delay_after(attempts: int) -> timedelta | None:
    """Return how long a mail refused for now `attempts` times waits; None: it is given up.

    Quickly at first, then always as long (settings.MAIL_RETRY_SECONDS), for GIVE_UP in all.
    """
    seconds = settings.MAIL_RETRY_SECONDS
    repeated = (GIVE_UP.total_seconds() - sum(seconds)) // seconds[-1]
    if attempts > len(seconds) + max(0, repeated):
        return None
    return timedelta(seconds=seconds[min(max(attempts, 1), len(seconds)) - 1])
