"""Whatever people do, in whatever order, what must be true of a request stays true."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from categories.enums import Priority
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, move
from tickets.lifecycle.enums import FINAL, Outcome, Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import SearchDocument, Ticket, TicketEvent

SOMEBODY = st.integers(0, 6)
DAYS = st.integers(0, 45)  # between one act and the next
STEPS = st.lists(
    st.tuples(st.sampled_from([*TRANSITIONS]), SOMEBODY, st.integers(0, 5), st.booleans(), DAYS), max_size=14
)
ANSWERED = (Status.CLOSED, Status.APPROVED, Status.EXPIRED)
COME_BACK = ("reopen", "unmerge")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_of_moves_keeps_a_request_sound(
    lea, claire, colette, mathilde, oscar, bruno, transcripts, late_enrolment, refunds, steps
):
    # Hundreds of requests in a minute, all hers.
    with override_settings(ACTS_PER_HOUR=1_000_000):
        live(
            [lea, claire, colette, mathilde, oscar, bruno, None],
            [transcripts, late_enrolment, refunds],
            steps,
        )


def live(people, themes, steps):
    """File a request, have people try each step, and check each that is made."""
    lea, transcripts = people[0], themes[0]
    other = file_ticket(lea, transcripts)
    ticket = file_ticket(lea, transcripts)
    now = timezone.now()

    for name, who, to, is_complete, days in steps:
        now += timedelta(days=days)
        before = Ticket.objects.get(pk=ticket.pk)
        given = {"message": ""}
        if is_complete:
            given = {"assignee": people[to], "category": themes[to % 3], "other": other, **plain(now, to)}
        try:
            after = move(ticket, name, people[who], at=now, **given)
        except MoveRefusedError:
            assert Ticket.objects.get(pk=ticket.pk).event_count == before.event_count
            continue
        assert TRANSITIONS[name].is_offered(before, standing_of(people[who], before), now)
        check(before, after, name)

    sequence = list(ticket.events.values_list("sequence", flat=True))
    assert sequence == list(range(1, Ticket.objects.get(pk=ticket.pk).event_count + 1))
    assert not OutgoingEmail.objects.filter(event__is_internal=True, recipient=lea).exists()


def plain(now, number):
    """Return the simple answers a move may want."""
    return {
        "outcome": Outcome.INFORMED,
        "recall_on": timezone.localdate(now) + timedelta(days=1 + number),
        "subject": f"Objet {number}",
        "priority": Priority.URGENT,
        "satisfaction": 1 + number % 5,
        "deadline": timezone.localdate(now) + timedelta(days=20 + number),
        "gives_up": number % 3 == 0,
    }


def test_buttons_are_those_of_the_table_now(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)

    offered = [one.name for one in moves_open_to(standing_of(claire, ticket), ticket)]

    expected = ["take", "assign", "comment", "note", "move", "change_subject", "change_priority", "merge"]
    expected += ["transmit", "link", "show_entry", "unlink", "publish_solution", "report_abuse"]
    expected += ["take_and_ask", "take_and_close", "invite", "withdraw_file"]
    assert offered == expected


def check(before, after, name):
    """Check one move that was made."""
    after.refresh_from_db()
    kinds = TRANSITIONS[name].parts or (name,)
    events = [after.events.filter(kind=kind).last() for kind in kinds]
    watched = ("status", "assignee_id", "outcome")
    sides = events[0].before, events[-1].after
    told = [{w: side[w] for w in watched} for side in sides]
    assert told == [{w: getattr(one, w) for w in watched} for one in (before, after)]
    check_dates(after)
    check_people(after)
    assert before.status not in FINAL or after.status == before.status or name in COME_BACK
    assert TicketEvent.objects.filter(ticket=after).count() == after.event_count
    assert SearchDocument.objects.filter(ticket=after).count() == 2
    after.full_clean()


def check_dates(ticket):
    """Check that each date is there exactly when its status wants it."""
    assert (ticket.ended_at is not None) == (ticket.status in FINAL)
    assert (ticket.recall_on is not None) == (ticket.status == Status.POSTPONED)
    assert (ticket.merged_into_id is not None) == (ticket.status == Status.MERGED)
    assert ticket.closed_at is None or ticket.status in ANSWERED
    assert (ticket.closed_at is None) == (ticket.approve_by is None)
    if ticket.status in (Status.CLOSED, Status.EXPIRED):
        assert ticket.closed_at is not None


def check_people(ticket):
    """Check that no request is an orphan, and that nobody handles her own."""
    assert ticket.assignee_id or ticket.status not in (Status.IN_PROGRESS, Status.WAITING, Status.POSTPONED)
    assert ticket.assignee_id != ticket.requester_id
    assert not ticket.outcome or ticket.status in ANSWERED
    assert ticket.service_id == ticket.category.service_id
