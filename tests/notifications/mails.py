"""Mails of the outbox for tests that care of their delivery, not of what they tell."""

import uuid

from notifications.headers import headers_of
from notifications.models import OutgoingEmail

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def mail(**fields):
    """Write a mail that is due, and return it."""
    identifier = uuid.uuid4()
    words = {"subject": "Reçue", "body_text": "Bonjour Léa.\n", "body_html": "<p>Bonjour Léa.</p>"}
    row = {"message": "receipt", "to": "lea@example.org", "headers": headers_of(identifier, language="fr")}
    return OutgoingEmail.objects.create(uuid=identifier, **(words | row | fields))


def fate(row):
    """Return what became of it."""
    row.refresh_from_db()
    return row.state, row.attempts, row.answer
