"""What each move changes, what it asks, and that it does so once."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from categories.enums import RoleKind
from categories.roles import grant_role, revoke_role
from tests.factories import file_ticket, jpeg, move, move_draft, pdf, ticket_in
from tickets.lifecycle.enums import Outcome, Status
from tickets.lifecycle.refusals import (
    MissingInputError,
    MoveRefusedError,
    NotAllowedError,
    UnsuitableAssigneeError,
    WrongStatusError,
)
from tickets.models import Attachment, Draft, Ticket, TicketEvent
from tickets.services.given import Given
from tickets.services.moving import apply_transition

FILED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = FILED + timedelta(days=3)


def state(ticket):
    """Return what moves change, as the database holds it."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    return {
        "status": ticket.status,
        "assignee": ticket.assignee and ticket.assignee.first_name,
        "outcome": ticket.outcome,
        "closed_at": ticket.closed_at,
        "ended_at": ticket.ended_at,
    }


def story(ticket):
    """Return the events of a request: rank, kind, author, internal or not, words."""
    events = TicketEvent.objects.filter(ticket=ticket).with_content()
    return [(e.sequence, e.kind, e.actor.first_name, e.is_internal, e.words) for e in events]


@pytest.fixture
def at_later():
    """Freeze the clock at LATER, once what the test needs was filed."""
    with time_machine.travel(FILED, tick=False) as clock:
        yield lambda: clock.move_to(LATER)


FREE = {"status": "submitted", "assignee": None, "outcome": "", "closed_at": None, "ended_at": None}
HELD = FREE | {"status": "in_progress", "assignee": "Claire"}
EFFECTS = [
    # from, move, by, given, what the request becomes
    ("submitted", "take", "claire", {}, HELD),
    ("in_progress", "take", "colette", {}, HELD | {"assignee": "Colette"}),
    ("waiting", "take", "colette", {}, HELD | {"assignee": "Colette", "status": "waiting"}),
    ("submitted", "assign", "claire", {"assignee": "colette"}, HELD | {"assignee": "Colette"}),
    (
        "waiting",
        "assign",
        "mathilde",
        {"assignee": "colette"},
        HELD | {"assignee": "Colette", "status": "waiting"},
    ),
    ("in_progress", "assign", "claire", {"assignee": "mathilde"}, HELD | {"assignee": "Mathilde"}),
    ("in_progress", "release", "claire", {}, FREE),
    ("waiting", "release", "mathilde", {}, FREE),
    ("in_progress", "ask", "claire", {}, HELD | {"status": "waiting"}),
    ("waiting", "answer", "lea", {}, HELD),
    ("in_progress", "comment", "lea", {}, HELD),
    ("in_progress", "note", "colette", {}, HELD),
    (
        "in_progress",
        "close",
        "claire",
        {"outcome": Outcome.INFORMED},
        HELD | {"status": "closed", "outcome": "informed", "closed_at": LATER},
    ),
    ("waiting", "refuse", "claire", {}, HELD | {"status": "refused", "ended_at": LATER}),
    (
        "closed",
        "approve",
        "lea",
        {},
        HELD | {"status": "approved", "outcome": "accepted", "closed_at": FILED, "ended_at": LATER},
    ),
    ("closed", "comment", "lea", {}, HELD | {"status": "closed", "outcome": "accepted", "closed_at": FILED}),
    (
        "approved",
        "comment",
        "lea",
        {},
        HELD | {"status": "approved", "outcome": "accepted", "closed_at": FILED, "ended_at": FILED},
    ),
    ("closed", "contest", "lea", {}, HELD),
    ("submitted", "withdraw", "lea", {}, FREE | {"status": "cancelled", "ended_at": LATER}),
    ("waiting", "withdraw", "lea", {}, HELD | {"status": "cancelled", "ended_at": LATER}),
]


@pytest.mark.parametrize(
    ("status", "name", "who", "given", "expected"),
    EFFECTS,
    ids=[f"{name}-from-{status}-by-{who}" for status, name, who, _given, _expected in EFFECTS],
)
def test_move_changes_the_request(
    at_later, lea, claire, colette, mathilde, transcripts, status, name, who, given, expected
):
    people = {"lea": lea, "claire": claire, "colette": colette, "mathilde": mathilde}
    given = given | ({"assignee": people[given["assignee"]]} if "assignee" in given else {})
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)
    before = {"status": ticket.status, "assignee_id": ticket.assignee_id, "outcome": ticket.outcome}
    at_later()

    returned = move(ticket, name, people[who], **given)

    event = TicketEvent.objects.order_by("pk").last()
    after = {"status": returned.status, "assignee_id": returned.assignee_id, "outcome": returned.outcome}
    assert state(returned) == expected
    watched = [{name: side[name] for name in before} for side in (event.before, event.after)]
    assert (event.kind, event.actor, event.at, *watched) == (name, people[who], LATER, before, after)
    assert (returned.updated_at, returned.event_count) == (LATER, event.sequence)


def test_contest_frees_a_request_whose_handler_left(lea, claire, transcripts):
    ticket = ticket_in("closed", requester=lea, category=transcripts, handler=claire)
    revoke_role(claire.roles.get())

    move(ticket, "contest", lea)

    assert state(ticket) == FREE


@pytest.mark.parametrize("left", ["inactive", "observer", "requester"])
def test_contest_frees_a_request_whose_handler_may_not_handle_it(lea, claire, studies, transcripts, left):
    ticket = ticket_in("closed", requester=lea, category=transcripts, handler=claire)
    if left == "inactive":
        claire.is_active = False
        claire.save(update_fields=["is_active"])
    if left == "observer":
        grant_role(claire, studies, RoleKind.OBSERVER)
    if left == "requester":
        Ticket.objects.update(requester=claire)

    move(ticket, "contest", claire if left == "requester" else lea)

    assert state(ticket) == FREE


def test_contest_twice_closes_and_opens_again(at_later, lea, claire, transcripts):
    ticket = ticket_in("closed", requester=lea, category=transcripts, handler=claire)
    move(ticket, "contest", lea)
    at_later()

    move(ticket, "close", claire, outcome=Outcome.POINTLESS)

    assert state(ticket) == HELD | {"status": "closed", "outcome": "pointless", "closed_at": LATER}


SUITABLE = ["claire", "colette", "mathilde"]
UNSUITABLE = ["lea", "marc", "oscar", "bruno", "adam", "inactive", "former"]


@pytest.fixture
def candidates(lea, marc, oscar, bruno, adam, claire, colette, mathilde, studies):
    from tests.factories import handler_on

    inactive = handler_on(studies, is_active=False)
    former = handler_on(studies)
    revoke_role(former.roles.get())
    people = [lea, marc, oscar, bruno, adam, claire, colette, mathilde]
    return {p.first_name.lower(): p for p in people} | {
        "léa": None,
        "lea": lea,
        "inactive": inactive,
        "former": former,
    }


@pytest.mark.parametrize("name", SUITABLE)
def test_request_is_given_to_a_handler_of_the_theme(candidates, lea, mathilde, transcripts, name):
    ticket = file_ticket(lea, transcripts)

    assert move(ticket, "assign", mathilde, assignee=candidates[name]).assignee == candidates[name]


@pytest.mark.parametrize("name", UNSUITABLE)
def test_request_is_not_given_to_somebody_else(candidates, lea, mathilde, transcripts, name):
    ticket = file_ticket(lea, transcripts)

    with pytest.raises(UnsuitableAssigneeError):
        move(ticket, "assign", mathilde, assignee=candidates[name])

    assert (state(ticket), len(story(ticket))) == (FREE, 1)


MISSING = [
    ("in_progress", "ask", "claire", {"message": ""}),
    ("in_progress", "ask", "claire", {"message": " \n\t\u00a0"}),
    ("waiting", "answer", "lea", {"message": ""}),
    ("waiting", "answer", "lea", {"message": "   "}),
    ("submitted", "comment", "lea", {"message": ""}),
    ("submitted", "note", "claire", {"message": ""}),
    ("in_progress", "close", "claire", {"message": ""}),
    ("in_progress", "close", "claire", {"outcome": ""}),
    ("in_progress", "close", "claire", {"outcome": "gagné"}),
    ("in_progress", "refuse", "claire", {"message": ""}),
    ("closed", "contest", "lea", {"message": ""}),
    ("submitted", "assign", "claire", {"assignee": None}),
]


@pytest.mark.parametrize(
    ("status", "name", "who", "given"), MISSING, ids=[f"{m[1]}-{m[3]!r}" for m in MISSING]
)
def test_move_refuses_what_it_needs_and_has_not(lea, claire, transcripts, status, name, who, given):
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)
    before = (state(ticket), story(ticket))

    with pytest.raises(MissingInputError):
        move(ticket, name, {"lea": lea, "claire": claire}[who], **given)

    assert (state(ticket), story(ticket)) == before


@pytest.mark.parametrize("name", ["release", "approve", "withdraw"])
def test_message_is_optional(lea, claire, transcripts, name):
    status = {"release": "in_progress", "approve": "closed", "withdraw": "submitted"}[name]
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)

    move(ticket, name, claire if name == "release" else lea)

    assert story(ticket)[-1][1:] == (name, "Claire" if name == "release" else "Léa", False, "")


def test_right_is_checked_before_status_and_input(lea, ines, claire, transcripts):
    """Somebody without the right learns neither where the request is nor what the move asks."""
    ticket = ticket_in("closed", requester=lea, category=transcripts, handler=claire)

    with pytest.raises(NotAllowedError):
        move(ticket, "ask", ines, message="")
    with pytest.raises(WrongStatusError):
        move(ticket, "ask", claire, message="")


def test_every_refusal_has_a_french_sentence():
    sentences = {str(refusal()) for refusal in MoveRefusedError.__subclasses__()}

    assert len(sentences) == len(MoveRefusedError.__subclasses__())
    assert str(MoveRefusedError("Une autre raison.")) == "Une autre raison."


def test_events_follow_each_other(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts, message="Bonjour.")

    move(ticket, "take", claire)
    move(ticket, "ask", claire, message="Lequel ?")
    move(ticket, "answer", lea, message="Le second.")

    assert story(ticket) == [
        (1, "submit", "Léa", False, "Bonjour."),
        (2, "take", "Claire", False, ""),
        (3, "ask", "Claire", False, "Lequel ?"),
        (4, "answer", "Léa", False, "Le second."),
    ]


@pytest.mark.parametrize("name", ["assign", "release"])
def test_words_meant_for_staff_go_into_a_note_of_their_own(lea, claire, colette, transcripts, name):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    given = {"assignee": colette} if name == "assign" else {}

    ticket = move(ticket, name, claire, message="Dossier délicat.", **given)

    assert story(ticket)[2:] == [
        (3, name, "Claire", False, ""),
        (4, "note", "Claire", True, "Dossier délicat."),
    ]
    assert ticket.event_count == 4


def test_note_and_its_files_are_internal(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)
    draft = move_draft(ticket, "note", claire, files=[pdf("avis.pdf")])

    move(ticket, "note", claire, message="Avis du service.", key=draft.key)

    assert story(ticket)[1:] == [(2, "note", "Claire", True, "Avis du service.")]
    assert list(ticket.attachments.values_list("name", "is_internal", "owner__first_name")) == [
        ("avis.pdf", True, "Claire")
    ]


def test_files_of_the_draft_come_with_the_move(lea, claire, transcripts, stored):
    ticket = ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    draft = move_draft(ticket, "answer", lea, files=[pdf("a.pdf"), jpeg("b.jpg")])
    on_disk = stored()

    move(ticket, "answer", lea, message="", key=draft.key)

    event = ticket.events.get(kind="answer")
    assert list(event.attachments.values_list("name", "is_internal")) == [("a.pdf", False), ("b.jpg", False)]
    assert (event.key, Draft.objects.count(), stored()) == (draft.key, 0, on_disk)


def test_draft_of_somebody_else_or_of_another_request_brings_nothing(lea, marc, claire, transcripts):
    ticket = ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    other = file_ticket(lea, transcripts)
    of_claire = move_draft(ticket, "ask", claire, files=[pdf()])
    of_another = move_draft(other, "comment", lea, files=[pdf()])

    for draft in (of_claire, of_another):
        with pytest.raises(MissingInputError):
            move(ticket, "answer", lea, message="", key=draft.key)

    assert (Attachment.objects.count(), Draft.objects.count()) == (0, 2)


def test_replayed_move_changes_nothing(lea, claire, transcripts):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    key = uuid.uuid4()
    first = move(ticket, "close", claire, key=key)

    replayed = move(ticket, "close", claire, key=key, message="Autre chose.")

    assert (replayed.status, replayed.event_count) == (Status.CLOSED, first.event_count)
    assert story(ticket)[2:] == [(3, "close", "Claire", False, "Voici votre relevé.")]


@pytest.mark.parametrize("messages", [0, 30])
def test_taking_costs_the_same_however_long_the_story(
    lea, claire, colette, transcripts, messages, django_assert_num_queries
):
    ticket = file_ticket(lea, transcripts, files=[pdf()])
    move(ticket, "take", colette)
    for number in range(messages):
        move(ticket, "comment", lea, message=f"Rappel {number}")
    key, seen = uuid.uuid4(), 2 + messages

    # Savepoint and release; the lock, the request, done already or not, the role; the request, the event; who
    # hears of it: whoever had it, followers, handlers who hear of all, guests; confidential or not, words,
    # files; who groups her mails, the mails. Besides: who had it when she read the page, what is still due by
    # a text; mails of the hour; webhooks.
    with django_assert_num_queries(21):
        apply_transition(ticket.pk, "take", actor=claire, given=Given(key=key, seen=seen))

    assert TicketEvent.objects.get(key=key).mails.count() == 2


def test_key_of_another_request_is_refused(lea, claire, transcripts):
    first, second = file_ticket(lea, transcripts), file_ticket(lea, transcripts)
    key = uuid.uuid4()
    move(first, "comment", lea, key=key)

    with pytest.raises(MoveRefusedError):
        move(second, "comment", lea, key=key)

    assert story(second) == [(1, "submit", "Léa", False, "Bonjour.")]


def test_blank_message_beside_files_leaves_no_message(lea, transcripts):
    ticket = file_ticket(lea, transcripts)
    draft = move_draft(ticket, "comment", lea, files=[pdf()])

    move(ticket, "comment", lea, message=" \n ", key=draft.key)

    event = ticket.events.get(kind="comment")
    assert (hasattr(event, "message"), event.attachments.count()) == (False, 1)


def test_unknown_request(lea):
    with pytest.raises(Ticket.DoesNotExist):
        apply_transition(404, "withdraw", actor=lea)


def test_failing_listener_undoes_the_move(lea, claire, transcripts, stored):
    from tickets.signals import ticket_event_recorded

    ticket = ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    draft = move_draft(ticket, "answer", lea, files=[pdf()])
    before = (state(ticket), story(ticket), stored())

    def fails(**kwargs):
        raise OSError

    ticket_event_recorded.connect(fails)
    try:
        with pytest.raises(OSError):  # noqa: PT011 -- whatever it was
            move(ticket, "answer", lea, key=draft.key)
    finally:
        ticket_event_recorded.disconnect(fails)

    assert (state(ticket), story(ticket), stored()) == before
    assert list(draft.files.values_list("name", flat=True)) == ["relevé.pdf"]
