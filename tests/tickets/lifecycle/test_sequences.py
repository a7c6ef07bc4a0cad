"""Whatever people do, in whatever order, what must be true of a request stays true."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import file_ticket, move
from tickets.lifecycle.enums import FINAL, Outcome, Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import SearchDocument, Ticket

SOMEBODY = st.integers(0, 5)
STEPS = st.lists(st.tuples(st.sampled_from([*TRANSITIONS]), SOMEBODY, SOMEBODY, st.booleans()), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_of_moves_keeps_a_request_sound(
    lea, claire, colette, mathilde, oscar, bruno, transcripts, steps
):
    people = [lea, claire, colette, mathilde, oscar, bruno]
    ticket = file_ticket(lea, transcripts)

    for name, who, to, complete in steps:
        before = Ticket.objects.get(pk=ticket.pk)
        given = {"assignee": people[to], "outcome": Outcome.INFORMED} if complete else {"message": ""}
        offered = [m.name for m in moves_open_to(standing_of(people[who], before), before.status)]
        try:
            after = move(ticket, name, people[who], **given)
        except MoveRefusedError:
            assert Ticket.objects.get(pk=ticket.pk).event_count == before.event_count
            continue
        assert name in offered
        check(before, after, name)

    sequence = list(ticket.events.values_list("sequence", flat=True))
    assert sequence == list(range(1, Ticket.objects.get(pk=ticket.pk).event_count + 1))


def check(before, after, name):
    """Check one move that was made."""
    after.refresh_from_db()
    event = after.events.filter(kind=name).last()
    watched = ("status", "assignee_id", "outcome")
    assert (event.before, event.after) == tuple({w: getattr(t, w) for w in watched} for t in (before, after))
    assert (after.ended_at is not None) == (after.status in FINAL)
    assert (after.closed_at is not None) == (after.status in (Status.CLOSED, Status.APPROVED))
    assert after.assignee_id or after.status in (Status.SUBMITTED, Status.CANCELLED)
    assert after.assignee_id != after.requester_id
    assert bool(after.outcome) == (after.status in (Status.CLOSED, Status.APPROVED))
    assert before.status not in FINAL or after.status == before.status
    assert SearchDocument.objects.filter(ticket=after).count() == 2
    after.full_clean()
