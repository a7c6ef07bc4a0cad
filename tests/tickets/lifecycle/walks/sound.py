"""What must be true of every request, whatever happened to it."""

from itertools import pairwise

from accounts.models import User
from tests.tickets.lifecycle.walks.reading import acts_on, reads, reads_as_staff
from tickets.lifecycle.enums import FINAL, Status
from tickets.models import SearchDocument, Ticket

STARTED = (Status.IN_PROGRESS, Status.WAITING, Status.POSTPONED)
ANSWERED = (Status.CLOSED, Status.APPROVED, Status.EXPIRED)


def check_request(ticket):
    """Check one request by itself, as the database holds it."""
    ticket.full_clean()
    _check_dates(ticket)
    _check_story(ticket)
    assert not ticket.participants.filter(left_at=None, user=ticket.requester).exists()
    documents = SearchDocument.objects.filter(ticket=ticket)
    assert sorted(documents.values_list("is_internal", flat=True)) == [False, True]


def _check_dates(ticket):
    assert (ticket.ended_at is not None) == (ticket.status in FINAL)
    assert (ticket.recall_on is not None) == (ticket.status == Status.POSTPONED)
    assert (ticket.merged_into_id is not None) == (ticket.status == Status.MERGED)
    assert ticket.closed_at is None or ticket.status in ANSWERED
    assert (ticket.closed_at is None) == (ticket.approve_by is None)
    if ticket.status in (Status.CLOSED, Status.EXPIRED):
        assert ticket.closed_at is not None
    if ticket.status == Status.TRANSMITTED:
        assert ticket.transmitted_to


def check_people(ticket):
    """No orphan: whoever has a request that goes on may act on it. Nobody handles her own."""
    if ticket.status in STARTED:
        assert ticket.assignee is not None
        assert acts_on(ticket.assignee, ticket), f"{ticket.assignee} may not act on {ticket}"
    if ticket.status == Status.SUBMITTED:
        assert ticket.assignee is None
    assert ticket.assignee_id != ticket.requester_id or ticket.status in FINAL
    assert not ticket.outcome or ticket.status in ANSWERED
    assert ticket.service_id == ticket.category.service_id


def _check_story(ticket):
    """The events tell, without a gap, how the request came to be what it is."""
    events = list(ticket.events.order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, ticket.event_count + 1))
    told = [event for event in events if "status" in event.after]
    for earlier, later in pairwise(told):
        assert later.before["status"] == earlier.after["status"]
    last = told[-1].after
    assert last["status"] == ticket.status
    assert last.get("assignee_id") == ticket.assignee_id
    assert last.get("outcome", "") == ticket.outcome
    assert ticket.last_speaker_id == last_speaker(events)
    assert ticket.reacted_at is None or ticket.reacted_at in {event.at for event in events}


def last_speaker(events):
    """Return who said the last thing told outside of staff: acts from hand to hand say nothing."""
    gone = {event.after["taken_back"] for event in events if event.kind == "take_back"}
    silent = {"submit", "take", "assign", "release"}
    said = [event for event in events if not event.is_internal and event.kind not in silent]
    said = [event for event in said if event.sequence not in gone]
    return said[-1].actor_id if said else None


def check_readers(tickets):
    """What each person is shown is what the rules on people say, read by hand."""
    for person in User.objects.all():
        seen = set(Ticket.objects.visible_to(person))
        assert seen == {one for one in tickets if reads(person, one)}, person
        staffed = set(Ticket.objects.staffed_by(person))
        assert staffed == {one for one in tickets if person.is_staff and reads_as_staff(person, one)}, person
