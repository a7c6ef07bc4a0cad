"""Guessing passwords: from many addresses of one network, on many accounts, in many writings of one."""

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from accounts import throttling
from tests import factories

EMAIL = "marc.aubert@example.org"


@pytest.fixture(autouse=True)
def no_delay(monkeypatch):
    """Look at the locks alone: nobody waits between two tries."""
    monkeypatch.setattr(throttling, "delay_seconds", lambda failures: 0)


def attempt(client, *, email=EMAIL, address="127.0.0.1", password="faux", **headers):
    form = {"email": email, "password": password}
    return client.post(reverse("login"), form, REMOTE_ADDR=address, headers=headers).status_code


def test_addresses_of_one_network_are_one_client(client, marc):
    statuses = [attempt(client, address=f"2001:db8:1:2::{number:x}") for number in range(12)]

    assert statuses == [200] * 9 + [429] * 3


def test_header_that_names_an_address_is_not_believed(client, marc):
    statuses = [attempt(client, **{"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(12)]

    assert statuses == [200] * 9 + [429] * 3


def test_writings_of_an_address_are_one_account(client, marc):
    writings = [EMAIL, EMAIL.upper(), f" {EMAIL} ", f"{EMAIL}\u200b", "Marc.Aubert@EXAMPLE.org"]

    statuses = [attempt(client, email=writings[number % len(writings)]) for number in range(12)]

    assert statuses == [200] * 9 + [429] * 3


def test_one_password_on_many_accounts_locks_the_client(client, marc, monkeypatch):
    monkeypatch.setattr(throttling, "FAILURES_PER_CLIENT", 5)
    for number in range(5):
        attempt(client, email=f"personne{number}@example.org")

    assert attempt(client, password=factories.PASSWORD) == 429
    assert attempt(client, password=factories.PASSWORD, address="192.0.2.7") == 302


def test_right_password_is_refused_while_locked_and_not_told(client, marc):
    for _number in range(10):
        attempt(client)

    assert attempt(client, password=factories.PASSWORD) == attempt(client) == 429


def test_password_is_not_kept_with_the_failure(client, marc):
    attempt(client, password="Presque-La-Bonne-13")

    assert "Presque" not in str(AccessAttempt.objects.values().get())
