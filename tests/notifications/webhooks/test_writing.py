"""What is told, of which requests, to which webhooks; and that it is told or the change is not made."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from notifications.models import CallState, Webhook, WebhookCall
from notifications.webhooks import writing
from notifications.webhooks.writing import events_told, write_calls
from tests import factories
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket


def told(hook):
    """Return what the calls of `hook` tell, oldest first."""
    return [json.loads(call.body) for call in hook.calls.order_by("pk")]


def test_call_tells_what_happened_and_nothing_of_what_is_in_it(make_hook, studies, transcripts, lea, claire):
    hook = make_hook(studies)
    ticket = factories.file_ticket(
        lea, transcripts, subject="Secret", message="Intime", files=[factories.pdf()]
    )
    factories.move(ticket, "take", claire)

    submitted, taken = hook.calls.order_by("pk")
    assert json.loads(submitted.body) == {
        "id": str(submitted.uuid),
        "event": "submit",
        "at": submitted.event.at.isoformat(timespec="seconds"),
        "reference": ticket.reference,
        "theme": {"slug": transcripts.slug, "name": transcripts.name},
        "status": "submitted",
        "link": f"http://127.0.0.1:8000/gestion/tickets/ticket/{ticket.pk}/change/",
    }
    assert json.loads(taken.body)["status"] == "in_progress"
    whole = submitted.body + taken.body
    for secret in ("Secret", "Intime", "relevé.pdf", "Léa", lea.last_name, lea.email, claire.last_name):
        assert secret not in whole


def test_webhook_hears_of_its_theme_and_of_what_it_contains(make_hook, studies, finances, transcripts, lea):
    ours, exact, other = make_hook(studies), make_hook(transcripts), make_hook(finances)
    off, deaf = make_hook(studies, is_active=False), make_hook(studies, events=["close"])

    factories.file_ticket(lea, transcripts)

    assert [hook.calls.count() for hook in (ours, exact, other, off, deaf)] == [1, 1, 0, 0, 0]


def test_confidential_theme_has_webhooks_of_its_own_which_learn_no_name(make_hook, studies, alert, lea):
    above, own = make_hook(studies), make_hook(alert)

    ticket = factories.file_ticket(lea, alert)

    assert told(above) == []
    [call] = told(own)
    assert (call["theme"], call["status"], call["reference"]) == (None, None, ticket.reference)
    assert alert.name not in own.calls.get().body


def test_what_is_for_staff_is_told_to_no_webhook(make_hook, studies, transcripts, lea, claire):
    hook = make_hook(studies, events=[*TRANSITIONS])
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "note", claire, message="Entre nous.")

    assert [one["event"] for one in told(hook)] == ["submit"]
    assert {"note", "change_priority", "take_back", "report_abuse", "take_and_close"} & set(
        events_told()
    ) == set()


def test_event_that_is_internal_is_told_to_no_webhook(make_hook, studies, transcripts, lea):
    hook = make_hook(studies, events=["submit"])
    event = factories.file_ticket(lea, transcripts).events.get()
    hook.calls.all().delete()
    event.is_internal = True

    assert write_calls(event) == []


def test_without_a_webhook_an_event_costs_one_query(transcripts, lea, django_assert_num_queries):
    event = factories.file_ticket(lea, transcripts).events.get()

    with django_assert_num_queries(1):
        assert write_calls(event) == []


def test_call_that_cannot_be_written_undoes_the_change(make_hook, studies, transcripts, lea, monkeypatch):
    make_hook(studies)

    def fail(*_args, **_options):
        raise DatabaseError

    monkeypatch.setattr(WebhookCall.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.file_ticket(lea, transcripts)
    assert not Ticket.objects.exists()


def test_worker_is_woken_after_the_commit(
    make_hook, studies, transcripts, lea, django_capture_on_commit_callbacks, monkeypatch
):
    hook, woken = make_hook(studies), []
    monkeypatch.setattr("teledemande.waking.wake", woken.extend)

    with django_capture_on_commit_callbacks(execute=True):
        factories.file_ticket(lea, transcripts)

    assert (writing.MAKE_CALLS, (hook.calls.get().pk,), 0.0) in woken


# --- what may be taken back -----------------------------------------------------------------------------
@pytest.fixture
def held(make_hook, studies, transcripts, lea, claire):
    """The call of a message that leaves in fifteen seconds."""
    hook = make_hook(studies, events=["comment", "take"])
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "take", claire)
    factories.move(ticket, "comment", claire, message="Bonjour.", hold=timedelta(seconds=15))
    return hook.calls.get(event__kind="comment")


def test_message_that_may_be_taken_back_is_told_when_it_leaves(held):
    assert held.due_at == held.event.leaves_at
    assert held.due_at > held.created_at


def test_message_taken_back_is_never_told(held, claire):
    factories.move(held.ticket, "take_back", claire, sequence=held.event.sequence)

    held.refresh_from_db()
    assert held.state == CallState.CANCELLED


def test_question_that_has_not_left_shows_in_no_status(make_hook, studies, transcripts, lea, claire):
    hook = make_hook(studies, events=["change_subject"])
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "take", claire)
    factories.move(ticket, "ask", claire, message="Laquelle ?", hold=timedelta(seconds=15))
    factories.move(ticket, "change_subject", claire, subject="Autre objet")

    assert [one["status"] for one in told(hook)] == ["in_progress"]


def test_message_already_told_is_not_taken_back(held, claire):
    WebhookCall.objects.filter(pk=held.pk).update(state=CallState.SENDING)

    with pytest.raises(AlreadyGoneError):
        factories.move(held.ticket, "take_back", claire, sequence=held.event.sequence)


def test_everything_offered_is_a_move_with_words(db):
    assert set(events_told()) <= set(TRANSITIONS)
    assert all(str(label) for label in events_told().values())
    assert not Webhook.objects.exists()
