"""A colleague who wants summaries only, and the work that writes them."""

from datetime import UTC, datetime

import pytest

from notifications.choices import choose
from notifications.models import OutgoingEmail, Profile
from notifications.tasks import send_digests


@pytest.fixture
def summed(colette):
    """Colette, who chose daily summaries."""
    choose(colette, None, Profile.DIGEST)
    return colette


@pytest.fixture
def run_at(time_machine):
    """Return a function that runs the work at an instant, and returns the summaries written so far."""

    def run(*numbers):
        time_machine.move_to(datetime(*numbers, tzinfo=UTC), tick=False)
        send_digests()
        return list(OutgoingEmail.objects.filter(message__startswith="digest_").order_by("pk"))

    return run


@pytest.fixture
def at(time_machine):
    """Return a function that moves the clock."""
    return lambda *numbers: time_machine.move_to(datetime(*numbers, tzinfo=UTC), tick=False)
