"""What the tests of accounts share: letters that were written, and a CAS server that obeys."""

import re
import socket
from dataclasses import dataclass

import pytest
import time_machine

from notifications.models import OutgoingEmail
from tests.accounts import cas_double


@dataclass(frozen=True)
class Letter:
    """A mail of accounts, as the outbox holds it."""

    message: str
    to: str
    text: str

    @property
    def link(self):
        """The path of the single-use link of the letter."""
        return re.search(
            r"http://[^/\s]+(/compte/(?:activer|mot-de-passe|adresse-electronique)/\S+)", self.text
        )[1]


@pytest.fixture
def clock():
    """Stop the clock; `clock.shift(seconds)` moves it."""
    with time_machine.travel("2026-04-06 10:00:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def letters(db):
    """Return a function that lists the mails written, oldest first."""
    return lambda: [
        Letter(mail.message, mail.to, mail.body_text) for mail in OutgoingEmail.objects.order_by("pk")
    ]


@pytest.fixture
def written(letters):
    """Return a function that lists (message, address) of the mails written."""
    return lambda: [(letter.message, letter.to) for letter in letters()]


@pytest.fixture
def cas(settings):
    """Return a running CAS server that answers as told."""
    with cas_double.running() as double:
        settings.CAS_SERVER_URL = double.url
        settings.CAS_TIMEOUT = (0.4, 0.4)
        yield double


@pytest.fixture
def closed_port(settings):
    """Point to a CAS server that refuses connections."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        settings.CAS_SERVER_URL = f"http://127.0.0.1:{reserved.getsockname()[1]}/cas/"
        yield settings.CAS_SERVER_URL
