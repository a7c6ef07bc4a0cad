"""What somebody wrote before she logged in waits for her, the time it takes to have an account."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from tests.pages import words_of
from tests.tickets.views.forms import hidden_of
from tickets.models import Draft
from tickets.services.left_drafts import forget_stale

NOW = "2026-11-23T21:00:00Z"
TYPED = {"subject": "Relevé", "message": "Écrit hier soir."}


@pytest.fixture
def night():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def address(transcripts):
    return reverse("tickets:write", args=[transcripts.slug])


@pytest.fixture
def written(night, client, transcripts, address):
    """Return the address of the draft a visitor wrote last night."""
    form = hidden_of(client.get(address))
    client.post(reverse("tickets:autosave", args=[transcripts.slug]), form | TYPED)
    return f"{address}?brouillon={Draft.objects.get().key}"


def test_visitor_finds_her_words_the_next_day(night, client, written):
    night.shift(timedelta(hours=24))

    assert TYPED["message"] in words_of(client.get(written))


def test_account_activated_the_next_day_has_them(night, client, marc, written):
    night.shift(timedelta(hours=24))
    client.force_login(marc)

    assert Draft.objects.get().owner == marc
    assert TYPED["message"] in words_of(client.get(written))
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_session_of_a_visitor_ends_with_her_draft(night, client, written):
    night.shift(settings.VISITOR_DRAFT_LIFETIME + timedelta(seconds=1))

    assert TYPED["message"] not in words_of(client.get(written))
    assert forget_stale(Draft.objects.get().updated_at + settings.VISITOR_DRAFT_LIFETIME * 2) == 1


def test_login_of_somebody_who_wrote_nothing_lasts_what_it_did(client, marc):
    client.force_login(marc)

    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
