"""Logs are read by many and kept for long: a link that opens an account is not in them."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

TOKEN = "w3xMqUnJeton-tres_secret0123456789"


@pytest.fixture
def written(monkeypatch):
    """Return a function that reads what our own formatter wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    handler.setFormatter(configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"])))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


@pytest.mark.parametrize("page", ["accounts:activate", "accounts:password"])
def test_link_refused_for_its_csrf_token_is_not_written(written, db, page):
    address = reverse(page, args=[TOKEN])

    Client(enforce_csrf_checks=True).post(address, {"password": "x"})

    assert "Forbidden" in written()
    assert TOKEN not in written()
    assert address.replace(TOKEN, "…") in written()


def test_link_of_a_page_that_fails_is_not_written(written):
    address = reverse("accounts:password", args=[TOKEN])

    failure = (ValueError, ValueError(address), None)
    logging.getLogger("django.request").error("Internal Server Error: %s", address, exc_info=failure)

    assert "ValueError" in written()
    assert TOKEN not in written()
