"""The mailbox of a service hears that something waits, and nothing of what is written."""

import pytest

from notifications.models import OutgoingEmail
from tests import factories
from tickets.lifecycle.enums import Status

MAILBOX = "scolarite-bureau@example.org"
SECRETS = ("Relevé de première année", "il me manque", "Léa", "Fontaine", "relevé.pdf")


@pytest.fixture
def announced(transcripts):
    """A theme whose service has a mailbox."""
    transcripts.mailbox = MAILBOX
    transcripts.save()
    return transcripts


def announcements():
    return OutgoingEmail.objects.filter(to=MAILBOX).order_by("pk")


def filed(lea, category):
    return factories.file_ticket(
        lea,
        category,
        subject="Relevé de première année",
        message="Bonjour, il me manque le relevé.",
        files=[factories.pdf()],
    )


def test_mailbox_hears_of_a_new_request_without_its_content(lea, announced):
    ticket = filed(lea, announced)

    mail = announcements().get()
    assert (mail.message, mail.recipient, mail.is_legal) == ("announcement", None, False)
    assert mail.subject == f"[{ticket.reference}] Demande déposée – Relevé de notes"
    assert f"/gestion/tickets/ticket/{ticket.pk}/change/" in mail.body_text
    for body in (mail.subject, mail.body_text, mail.body_html):
        assert [word for word in SECRETS if word in body] == []


def test_theme_without_a_mailbox_announces_nothing(lea, transcripts):
    filed(lea, transcripts)

    assert not OutgoingEmail.objects.filter(message="announcement").exists()


def test_mailbox_hears_what_nobody_is_in_charge_of(lea, claire, announced):
    ticket = factories.ticket_in(Status.CLOSED, requester=lea, category=announced, handler=claire)
    factories.move(ticket, "contest", lea)  # goes back to Claire
    factories.move(ticket, "comment", lea)  # Claire has it
    factories.move(ticket, "release", claire)
    factories.move(ticket, "comment", lea)
    factories.move(ticket, "note", claire)
    factories.move(ticket, "withdraw", lea)

    assert list(announcements().values_list("event__kind", flat=True)) == ["submit", "release", "comment"]


def test_mailbox_of_a_confidential_theme_hears_the_reference_only(lea, alert):
    alert.mailbox = MAILBOX
    alert.save()

    filed(lea, alert)

    mail = announcements().get()
    assert mail.message == "staff_confidential"
    assert [word for word in (*SECRETS, "Signalement") if word in mail.subject + mail.body_text] == []
