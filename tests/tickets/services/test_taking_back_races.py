"""An answer taken back while its mail leaves: one or the other, never both. On a real PostgreSQL."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.claims import claim
from notifications.models import MailState, OutgoingEmail
from tests.factories import move, ticket_in
from tests.tickets.services.test_races import at_once, while_another
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.models import HeldAnswer

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mail(lea, claire, transcripts):
    """The mail of an answer that may still be taken back, due by the clock of a worker ahead of ours."""
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    move(ticket, "comment", claire, hold=timedelta(seconds=15))
    row = OutgoingEmail.objects.get(event__kind="comment")
    # Those before it have left: it would wait for them.
    OutgoingEmail.objects.exclude(pk=row.pk).update(state=MailState.SENT, sent_at=timezone.now())
    OutgoingEmail.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    return row


def take_back(mail):
    """Take the answer of `mail` back; return whether it was."""
    try:
        move(mail.ticket, "take_back", mail.event.actor, key=uuid.uuid4())
    except AlreadyGoneError:
        return False
    return True


@pytest.mark.parametrize("_round", range(10))
def test_mail_leaves_or_its_answer_is_taken_back(mail, _round):
    is_taken_back, claimed = at_once(lambda: take_back(mail), lambda: claim(mail.pk))

    state = OutgoingEmail.objects.get(pk=mail.pk).state
    assert (is_taken_back, claimed is None, state) in [
        (True, True, MailState.CANCELLED),
        (False, False, MailState.SENDING),
    ]
    assert HeldAnswer.objects.filter(taken_back_at__isnull=False).exists() == is_taken_back


def test_sender_waits_for_whoever_takes_back(mail):
    is_taken_back, claimed = while_another(lambda: take_back(mail), lambda: claim(mail.pk))

    assert (is_taken_back, claimed) == (True, None)


def test_whoever_takes_back_waits_for_the_sender(mail):
    claimed, is_taken_back = while_another(lambda: claim(mail.pk), lambda: take_back(mail))

    assert (claimed.pk, is_taken_back) == (mail.pk, False)
