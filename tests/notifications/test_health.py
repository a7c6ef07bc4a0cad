"""What /sante/ asks."""

from django.utils import timezone

from notifications.health import mails_waiting, worker_last_seen
from notifications.models import Heartbeat, MailState, OutgoingEmail
from teledemande.tasks import heartbeat


def test_worker_is_seen_when_it_last_answered_beat(db, time_machine):
    assert worker_last_seen() is None

    for hour in (8, 9):
        time_machine.move_to(f"2026-04-06T{hour:02}:00:00+00:00", tick=False)
        heartbeat()

    assert worker_last_seen() == timezone.now()
    assert Heartbeat.objects.count() == 1


def test_mails_waiting_are_those_that_have_not_left(db):
    for state in MailState.values:
        has_left = state in (MailState.SENT, MailState.BOUNCED)
        sent_at = timezone.now() if has_left else None
        OutgoingEmail.objects.create(
            message="receipt", to="lea@example.org", state=state, sent_at=sent_at, answer="451 Plus tard"
        )

    assert mails_waiting() == 3
