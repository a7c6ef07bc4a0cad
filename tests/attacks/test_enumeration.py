"""Whether somebody has an account is not heard in the time an answer takes."""

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from teledemande import waking
from tests import factories


@pytest.fixture
def published(monkeypatch):
    """Return the list of what is told to the broker, call by call."""
    calls = []
    monkeypatch.setattr(waking, "_rests_until", 0.0)
    monkeypatch.setattr(waking, "_publish", calls.append)
    return calls


FORMS = [
    ("accounts:forgotten", {}),
    ("accounts:create", {"last_name": "Aubert", "first_name": "Marc"}),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("page", "names"), FORMS, ids=["forgotten", "create"])
def test_broker_is_spoken_to_as_much_for_nobody_as_for_somebody(client, published, page, names):
    factories.LocalPersonFactory(email="marc.aubert@example.org")

    told = []
    for email in ("marc.aubert@example.org", "personne@example.org"):
        client.post(reverse(page), {"email": email, **names})
        told.append([len(made) for made in published])
        published.clear()

    assert told[0] == told[1] != []


@pytest.mark.django_db(transaction=True)
def test_nobody_is_written_to_for_an_unknown_address(client, published):
    client.post(reverse("accounts:forgotten"), {"email": "personne@example.org"})

    assert OutgoingEmail.objects.count() == 0
