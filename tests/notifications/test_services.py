"""Sending again, stopping, and forgetting."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from notifications.claims import claim
from notifications.models import MailState, OutgoingEmail
from notifications.services import Refusal, Report, resend, stop, wipe_stale_secrets
from tests import factories


def mail(**fields):
    words = {"message": "receipt", "to": "lea@example.org", "subject": "Reçue", "body_text": "Bonjour."}
    return OutgoingEmail.objects.create(**(words | fields))


NOW = timezone.now()
STATES = {
    "failed": ({"state": MailState.FAILED, "attempts": 9, "answer": "550 Inconnue"}, None),
    "sent": ({"state": MailState.SENT, "sent_at": NOW, "answer": "250 OK"}, None),
    "bounced": ({"state": MailState.BOUNCED, "sent_at": NOW, "answer": "5.1.1 Inconnue"}, None),
    "waiting": ({}, Refusal.NOT_GONE),
    "leaving": ({"state": MailState.SENDING, "claimed_until": NOW}, Refusal.NOT_GONE),
    "cancelled": ({"state": MailState.CANCELLED}, Refusal.CANCELLED),
    "no address": ({"state": MailState.FAILED, "to": ""}, Refusal.NO_ADDRESS),
    "wiped": ({"state": MailState.SENT, "sent_at": NOW, "body_text": ""}, Refusal.NO_BODY),
}


def acts_of(row):
    return list(row.acts.values_list("kind", "actor", "reason", "former_state", "former_answer"))


# --- sending again -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("fields", "refusal"), STATES.values(), ids=STATES)
def test_what_left_or_failed_is_sent_again_as_it_was(adam, fields, refusal):
    row = mail(headers={"Message-ID": "<1@example.org>"}, **fields)
    before = OutgoingEmail.objects.values().get(pk=row.pk)

    report = resend([row.pk], by=adam)

    after = OutgoingEmail.objects.values().get(pk=row.pk)
    if refusal is None:
        assert report == Report(done=[row.pk])
        assert after == before | {
            **{"state": MailState.QUEUED, "attempts": 0, "sent_at": None, "answer": ""},
            "due_at": after["due_at"],
        }
        assert row.acts.get().formerly_sent_at == before["sent_at"]
        assert acts_of(row) == [("resent", adam.pk, "", before["state"], before["answer"])]
    else:
        assert (report.done, dict(report.refused)) == ([], {refusal: [row.pk]})
        assert (after, acts_of(row)) == (before, [])


def test_second_click_sends_no_third_mail(adam, time_machine):
    time_machine.move_to(NOW, tick=False)
    row = mail(state=MailState.SENT, sent_at=NOW)
    resend([row.pk], by=adam)
    OutgoingEmail.objects.update(state=MailState.SENT, sent_at=NOW)  # a worker was quick

    assert dict(resend([row.pk], by=adam).refused) == {Refusal.AGAIN: [row.pk]}
    time_machine.move_to(NOW + timedelta(seconds=61))
    assert resend([row.pk], by=adam).done == [row.pk]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_people_who_send_again_at_once_one_does():
    adam = factories.PersonFactory()
    row = mail(state=MailState.FAILED)
    barrier, reports = threading.Barrier(4), []

    def click():
        barrier.wait()
        reports.append(resend([row.pk], by=adam))
        connection.close()

    people = [threading.Thread(target=click) for _number in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert sorted(report.done for report in reports) == [[], [], [], [row.pk]]
    assert row.acts.count() == 1


# --- stopping ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, None),
        ({"attempts": 3, "due_at": NOW + timedelta(hours=1)}, None),
        ({"is_legal": True}, Refusal.LEGAL),
        ({"state": MailState.SENDING, "claimed_until": NOW}, Refusal.GONE),
        ({"state": MailState.SENT, "sent_at": NOW}, Refusal.GONE),
        ({"state": MailState.FAILED}, Refusal.GONE),
        ({"state": MailState.CANCELLED}, Refusal.GONE),
    ],
    ids=["waiting", "put off", "legal", "leaving", "sent", "failed", "cancelled"],
)
def test_what_waits_is_stopped_but_legal_mails(adam, fields, refusal):
    row = mail(**fields)

    report = stop([row.pk], by=adam, reason="Envoyé par erreur")

    stopped = row.state if refusal else MailState.CANCELLED
    row.refresh_from_db()
    assert row.state == stopped
    assert (report.done, dict(report.refused)) == (([], {refusal: [row.pk]}) if refusal else ([row.pk], {}))
    traces = [] if refusal else [("stopped", adam.pk, "Envoyé par erreur", "queued", "")]
    assert acts_of(row) == traces


def test_stopped_mail_is_never_claimed_and_may_be_sent_after_all(adam):
    row = mail()
    stop([row.pk], by=adam, reason="À relire")

    assert claim(row.pk) is None
    assert resend([row.pk], by=adam).done == [row.pk]
    assert claim(row.pk) is not None


def test_stopped_secret_is_wiped(adam):
    row = mail(is_secret=True, body_html="<p>Bonjour.</p>")

    stop([row.pk], by=adam, reason="Mauvaise adresse")

    row.refresh_from_db()
    assert (row.body_text, row.body_html) == ("", "")


def test_mail_is_not_stopped_without_a_reason(adam):
    with pytest.raises(IntegrityError), transaction.atomic():
        stop([mail().pk], by=adam, reason="")


# --- forgetting ----------------------------------------------------------------------------------------
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
