"""Who spoke last and when staff first reacted, kept beside the request."""

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import file_ticket, move, move_draft, ticket_in
from tests.tickets.lifecycle.walks.sound import last_speaker
from tickets.models import Ticket

keep_speakers = import_module("tickets.migrations.0035_kept_speaker").keep_speakers
keep_reactions = import_module("tickets.migrations.0037_kept_reaction").keep_reactions


def kept(ticket):
    return Ticket.objects.get(pk=ticket.pk).last_speaker


@pytest.fixture
def ticket(lea, claire, transcripts):
    return ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


def test_nobody_spoke_on_a_request_that_went_from_hand_to_hand(ticket, claire):
    move(ticket, "release", claire)

    assert kept(ticket) is None


def test_word_goes_from_one_to_the_other(ticket, lea, claire):
    words = []
    for name, person in (("comment", lea), ("ask", claire), ("answer", lea)):
        move(ticket, name, person)
        words.append(kept(ticket))

    assert words == [lea, claire, lea]


def test_what_staff_say_among_themselves_is_not_the_last_word(ticket, lea, claire, colette):
    move(ticket, "comment", lea)
    for name, person in (("note", claire), ("assign", colette), ("change_priority", colette)):
        move(ticket, name, person, **({"assignee": colette} if name == "assign" else {}))

    assert kept(ticket) == lea


def test_first_reaction_of_staff_is_kept_once(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)
    moments = []
    for name, person in (("comment", lea), ("take", claire), ("comment", claire)):
        move(ticket, name, person)
        moments.append(Ticket.objects.get(pk=ticket.pk).reacted_at)

    taken = ticket.events.get(kind="take").at
    assert moments == [None, taken, taken]


def test_answer_taken_back_was_no_reaction(lea, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    Ticket.objects.filter(pk=ticket.pk).update(status="in_progress", assignee=claire)
    draft = move_draft(ticket, "comment", claire)
    move(ticket, "comment", claire, hold=timedelta(seconds=15), key=draft.key)
    assert Ticket.objects.get(pk=ticket.pk).reacted_at is not None

    move(ticket, "take_back", claire, key=uuid.uuid4())

    assert Ticket.objects.get(pk=ticket.pk).reacted_at is None


def test_migrations_keep_the_same(ticket, lea, claire, transcripts):
    move(ticket, "comment", lea)
    move(ticket, "note", claire)
    answered = ticket_in("closed", requester=lea, category=transcripts, handler=claire)
    file_ticket(lea, transcripts)
    kept = dict(Ticket.objects.values_list("pk", "reacted_at"))
    Ticket.objects.update(last_speaker=None, reacted_at=None)

    for keep in (keep_speakers, keep_reactions):
        keep(apps, connection.schema_editor())

    rows = Ticket.objects.all()
    assert {one.pk: one.last_speaker_id for one in rows} == {
        one.pk: last_speaker(list(one.events.all())) for one in rows
    }
    assert {one.last_speaker_id for one in rows} == {lea.pk, claire.pk, None}
    assert dict(Ticket.objects.values_list("pk", "reacted_at")) == kept
    assert kept[answered.pk] is not None
