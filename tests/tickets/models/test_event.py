"""The history of a request: nobody edits it, nobody deletes it, whoever holds the connection."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories import file_ticket, move
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import TicketEvent


@pytest.fixture
def event(lea, transcripts):
    return file_ticket(lea, transcripts).events.get()


def saved(event):
    event.kind = "close"
    event.save()


def sql(statement):
    def run(event):
        with connection.cursor() as cursor:
            cursor.execute(statement, [event.pk])

    return run


TAMPERING = {
    "save": saved,
    "delete": lambda event: event._meta.base_manager.filter(pk=event.pk)._raw_delete("default"),
    "update": lambda event: TicketEvent.objects.filter(pk=event.pk).update(actor=None),
    "raw-update": sql("UPDATE tickets_ticketevent SET at = at WHERE id = %s"),
    "raw-delete": sql("DELETE FROM tickets_ticketevent WHERE id = %s"),
    "bulk-update": lambda event: TicketEvent.objects.bulk_update([event], ["kind"]),
}


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_database_refuses_to_touch_an_event(event, tamper):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(event)

    assert list(TicketEvent.objects.values("kind", "actor", "at")) == [
        {"kind": "submit", "actor": event.ticket.requester.pk, "at": event.ticket.submitted_at}
    ]


def test_ticket_with_a_history_is_not_deleted(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        event.ticket.delete()


def test_person_with_a_history_is_not_deleted(event, lea):
    with pytest.raises(IntegrityError), transaction.atomic():
        lea.delete()


def test_two_events_do_not_share_a_rank(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketEvent.objects.create(ticket=event.ticket, sequence=1, kind="comment")


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_event_has_a_label(kind):
    event = TicketEvent(kind=kind, sequence=3)

    assert str(event) == f"{TRANSITIONS[kind].past} (3)"


def test_words_of_an_event(lea, transcripts):
    ticket = file_ticket(lea, transcripts, message="Bonjour.")
    move(ticket, "withdraw", lea)

    assert [event.words for event in ticket.events.with_content()] == ["Bonjour.", ""]
