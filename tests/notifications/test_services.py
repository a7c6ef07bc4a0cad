"""Sending again, and forgetting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import MailState, OutgoingEmail
from notifications.services import resend, wipe_stale_secrets


def mail(**fields):
    words = {"message": "receipt", "to": "lea@example.org", "subject": "Reçue", "body_text": "Bonjour."}
    return OutgoingEmail.objects.create(**(words | fields))


def test_failed_mails_are_queued_again_and_only_they(db):
    failed = mail(state=MailState.FAILED, attempts=9, answer="550 Inconnue")
    others = [
        mail(),
        mail(state=MailState.SENT, sent_at=timezone.now()),
        mail(state=MailState.FAILED, to=""),
        mail(state=MailState.FAILED, body_text="", is_secret=True),
    ]

    count = resend([failed.pk, *(other.pk for other in others)])

    failed.refresh_from_db()
    assert count == 1
    assert (failed.state, failed.attempts, failed.answer) == (MailState.QUEUED, 0, "550 Inconnue")
    assert [OutgoingEmail.objects.get(pk=other.pk).state for other in others] == [
        other.state for other in others
    ]


@pytest.mark.parametrize(
    ("age", "is_secret", "state", "is_wiped"),
    [
        (timedelta(hours=25), True, MailState.FAILED, True),
        (timedelta(hours=23), True, MailState.FAILED, False),
        (timedelta(hours=25), False, MailState.FAILED, False),
        (timedelta(hours=25), True, MailState.QUEUED, False),
    ],
    ids=["expired", "still useful", "no secret", "to be sent"],
)
def test_secrets_that_never_left_are_wiped_with_their_link(db, age, is_secret, state, is_wiped):
    row = mail(created_at=timezone.now() - age, is_secret=is_secret, state=state)

    wipe_stale_secrets()

    row.refresh_from_db()
    assert (row.body_text == "") == is_wiped
