"""A webhook on the branch of studies, and a real server it calls."""

import pytest

from notifications.models import Webhook
from notifications.webhooks import delivering
from notifications.webhooks.services import save_webhook
from tests.services import Http


@pytest.fixture(autouse=True)
def no_memory_of_failures(monkeypatch):
    monkeypatch.setattr(delivering, "_rests_until", {})


@pytest.fixture(scope="session")
def http_server():
    with Http() as server:
        yield server


@pytest.fixture
def http(http_server, settings):
    """The server, which answers well, and which the settings allow."""
    settings.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    settings.WEBHOOK_TIMEOUT = 2
    http_server.accept()
    http_server.forget()
    return http_server


@pytest.fixture
def make_hook(mathilde):
    """Return a function that makes a webhook."""

    def make(category, events=("submit", "take", "close"), url="http://127.0.0.1:9/rien", **fields):
        hook = Webhook(name="Outil", category=category, url=url, events=list(events), **fields)
        save_webhook(hook, by=mathilde)
        return hook

    return make


@pytest.fixture
def hook(make_hook, studies, http):
    """A webhook of the branch of studies that calls the server."""
    return make_hook(studies, url=f"{http.url}/crochet?cle=1")
