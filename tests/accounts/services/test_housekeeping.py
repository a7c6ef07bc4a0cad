"""What has expired goes, what still serves stays."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_cas_ng.models import SessionTicket

from accounts.models import AccountLink
from accounts.services.housekeeping import forget_stale

NOW = timezone.now()


def _link(name, expires_at):
    return AccountLink.objects.create(
        purpose="activate", token_digest=name, email=f"{name}@example.org", expires_at=expires_at
    )


def _failure(name, at):
    attempt = AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", failures_since_start=3)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at)


def _session(seconds):
    session = SessionStore()
    session.set_expiry(seconds)
    session.create()
    SessionTicket.objects.create(session_key=session.session_key, ticket=f"ST-{seconds}")
    return session.session_key


@pytest.mark.django_db
def test_only_what_has_expired_is_forgotten():
    _link("old", NOW - timedelta(seconds=1))
    fresh = _link("fresh", NOW + timedelta(hours=1))
    _failure("old", NOW - timedelta(hours=2))
    _failure("fresh", NOW)
    _session(-10)
    live = _session(3600)

    forgotten = forget_stale(NOW)

    assert forgotten == {"links": 1, "failures": 1, "tickets": 1}
    assert list(AccountLink.objects.all()) == [fresh]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["fresh"]
    assert list(Session.objects.values_list("session_key", flat=True)) == [live]
    assert list(SessionTicket.objects.values_list("session_key", flat=True)) == [live]
