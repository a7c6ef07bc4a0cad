"""Claims, tries and what comes of them, against a real server."""

import hashlib
import hmac
import itertools
import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import tasks
from notifications.models import CallState, OutgoingEmail, Webhook, WebhookCall
from notifications.retries import delay_after
from notifications.webhooks import delivering
from notifications.webhooks.delivering import make_call, make_call_unless_resting, make_due_calls
from notifications.webhooks.failing import PATIENCE, note_failure
from notifications.webhooks.services import call_again, renew_secret, save_webhook, try_webhook
from tests import factories

pytestmark = [pytest.mark.services, pytest.mark.django_db]

TRIES = next(tried for tried in itertools.count(1) if delay_after(tried + 1) is None)


@pytest.fixture
def row(hook, lea, transcripts):
    """The call of a request that was filed."""
    factories.file_ticket(lea, transcripts)
    return hook.calls.get()


def fate(row):
    row.refresh_from_db()
    return row.state, row.attempts, row.status, row.answer


# --- what arrives --------------------------------------------------------------------------------------
def test_call_arrives_signed_and_is_logged(row, http):
    assert make_call(row.pk) == CallState.SENT

    [received] = http.received()
    headers = received["headers"]
    instant, digest = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["x-teledemande-signature"]).groups()
    signed = f"{instant}.{received['body']}".encode()
    assert hmac.new(row.webhook.secret.encode(), signed, hashlib.sha256).hexdigest() == digest
    assert abs(int(instant) - time.time()) < 10
    assert (received["line"], received["body"]) == ("POST /crochet?cle=1 HTTP/1.1", row.body)
    assert headers["x-teledemande-delivery"] == str(row.uuid)
    assert fate(row) == (CallState.SENT, 1, 200, "200 Pris")
    assert row.milliseconds < 2000


def test_secret_renewed_signs_the_calls_that_wait(row, http):
    renew_secret(row.webhook)

    make_call(row.pk)

    [received] = http.received()
    signed = received["headers"]["x-teledemande-signature"]
    instant = signed[2:].partition(",")[0]
    new = Webhook.objects.get(pk=row.webhook_id).secret
    digest = hmac.new(new.encode(), f"{instant}.{row.body}".encode(), hashlib.sha256).hexdigest()
    assert signed == f"t={instant},v1={digest}"


def test_call_is_made_once(row, http):
    make_call(row.pk)
    tasks.make_calls(row.pk)
    tasks.sweep_calls()

    assert len(http.received()) == 1


# --- what does not -------------------------------------------------------------------------------------
def test_tries_are_those_of_mails(row, http, time_machine):
    http.answer(503, "Plus tard")
    start = timezone.now()
    waits = []
    for _number in range(6):
        time_machine.move_to(WebhookCall.objects.get().due_at + timedelta(seconds=1))
        before = timezone.now()
        make_due_calls()
        row.refresh_from_db()
        waits.append(round((row.due_at - before).total_seconds() / 60))

    assert waits == [1, 5, 15, 60, 60, 60]
    assert fate(row) == (CallState.DEFERRED, 6, 503, "503 Plus tard")
    assert len(http.received()) == 6
    assert timezone.now() - start < timedelta(hours=4)


def test_call_is_given_up_after_two_days_and_may_be_made_again(row, http):
    http.answer(500, "Panne")
    WebhookCall.objects.update(attempts=TRIES)
    make_call(row.pk)
    assert fate(row) == (CallState.FAILED, TRIES + 1, 500, "500 Panne")

    http.accept()
    assert call_again(row.webhook, [row.pk]) == 1
    make_call(row.pk)

    assert fate(row)[:2] == (CallState.SENT, 1)
    assert [one["headers"]["x-teledemande-delivery"] for one in http.received()] == [str(row.uuid)] * 2


def test_address_that_leads_inside_is_given_up_at_once(row, http, settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = []

    assert make_call(row.pk) == CallState.FAILED

    assert fate(row)[:3] == (CallState.FAILED, 1, None)
    assert "réseau privé" in row.answer
    assert http.received() == []


def test_worker_that_died_each_time_ends_the_call(row, http):
    WebhookCall.objects.update(
        attempts=TRIES + 1, state=CallState.SENDING, claimed_until=timezone.now() - timedelta(1)
    )

    assert make_call(row.pk) == CallState.FAILED
    assert http.received() == []


def test_webhook_that_fails_keeps_no_other_back(row, make_hook, studies, http, lea, transcripts):
    dead = make_hook(studies, url="http://127.0.0.1:9/rien")
    for _number in range(3):
        factories.file_ticket(lea, transcripts)
    WebhookCall.objects.filter(webhook=dead).update(due_at=timezone.now() - timedelta(hours=1))

    tried = make_due_calls()

    assert tried == 1 + 4
    assert len(http.received()) == 4
    assert sorted(dead.calls.values_list("attempts", flat=True)) == [0, 0, 1]


def test_wake_ups_let_a_webhook_that_failed_rest(row, http, lea, transcripts):
    http.answer(500)
    factories.file_ticket(lea, transcripts)

    states = [make_call_unless_resting(call.pk) for call in row.webhook.calls.order_by("pk")]

    assert states == [CallState.DEFERRED, None]
    assert len(http.received()) == 1
    delivering._rests_until.clear()
    http.accept()
    make_due_calls()
    assert len(http.received()) == 2


# --- switched off --------------------------------------------------------------------------------------
def off_mails():
    return sorted(OutgoingEmail.objects.filter(message="webhook_off").values_list("to", flat=True))


def test_webhook_that_answers_no_more_is_switched_off_and_people_are_told(
    row, hook, http, mathilde, time_machine
):
    http.answer(500, "Panne du <b>serveur</b>")
    waiting = WebhookCall.objects.create(webhook=hook, body="{}", due_at=timezone.now() + PATIENCE * 2)
    manager = factories.handler_on(hook.category, "manager")
    since = timezone.now()
    for number in range(6):
        time_machine.move_to(since + number * timedelta(hours=10))
        WebhookCall.objects.filter(pk=row.pk, state=CallState.QUEUED).update(due_at=timezone.now())
        make_due_calls()

    hook.refresh_from_db()
    assert (hook.is_active, hook.failures) == (False, 6)
    assert off_mails() == sorted([mathilde.email, manager.email])
    body = OutgoingEmail.objects.filter(message="webhook_off").first().body_html
    assert "Panne du &lt;b&gt;serveur&lt;/b&gt;" in body
    assert fate(waiting)[0] == CallState.FAILED
    assert make_due_calls() == 0  # nothing more is asked of it


def test_a_short_breakdown_switches_nothing_off(row, hook, http):
    for _number in range(20):
        assert note_failure(hook.pk, is_final=False) is False
    make_call(row.pk)

    hook.refresh_from_db()
    assert (hook.is_active, hook.failures, hook.failing_since) == (True, 0, None)
    assert off_mails() == []


def test_a_single_call_given_up_switches_nothing_off(row, hook, settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    make_call(row.pk)

    hook.refresh_from_db()
    assert (hook.is_active, hook.failures) == (True, 1)


def test_webhook_that_says_it_is_gone_is_switched_off_at_once(row, hook, http):
    http.answer(410)

    make_call(row.pk)

    hook.refresh_from_db()
    assert (hook.is_active, fate(row)[0]) == (False, CallState.FAILED)
    assert len(off_mails()) == 1


def test_whoever_left_is_not_told(row, hook, http, mathilde):
    mathilde.is_active = False
    mathilde.save()
    http.answer(410)

    make_call(row.pk)

    assert off_mails() == []


def test_webhook_switched_on_again_starts_afresh(row, hook, http, mathilde):
    http.answer(410)
    make_call(row.pk)
    http.accept()
    hook.refresh_from_db()
    hook.is_active = True

    save_webhook(hook, by=mathilde)
    call_again(hook, [row.pk])
    make_call(row.pk)

    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.switched_off_at) == (0, None, None)
    assert fate(row)[0] == CallState.SENT


# --- trials --------------------------------------------------------------------------------------------
def test_trial_tells_nothing_and_is_made_once_at_a_time(hook, http):
    trial = try_webhook(hook)
    assert try_webhook(hook) is None

    make_call(trial.pk)

    [received] = http.received()
    assert re.fullmatch(r'\{"id": "[^"]+", "event": "ping", "at": "[^"]+"\}', received["body"])
    assert try_webhook(hook) is not None


def test_nothing_is_made_again_while_it_is_off(row, hook, http, mathilde):
    make_call(row.pk)
    hook.is_active = False
    save_webhook(hook, by=mathilde)

    assert (call_again(hook, [row.pk]), try_webhook(hook)) == (0, None)
