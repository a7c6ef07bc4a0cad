"""What must be true of a request is a constraint of the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import file_ticket
from tickets.lifecycle.enums import FINAL, NEXT_STEPS, REQUESTER_LABELS, Status
from tickets.models import Ticket


def ended(status):
    return timezone.now() if status in FINAL else None


def needs(status, ticket):
    """Return what the status wants beside an assignee."""
    return {
        "ended_at": ended(status),
        "recall_on": timezone.localdate() if status == Status.POSTPONED else None,
        "merged_into": ticket if status == Status.MERGED else None,
    }


@pytest.mark.parametrize("status", Status.values)
def test_every_status_with_what_it_needs_is_accepted(lea, claire, transcripts, status):
    ticket = file_ticket(lea, transcripts)

    Ticket.objects.filter(pk=ticket.pk).update(status=status, assignee=claire, **needs(status, ticket))

    assert Ticket.objects.get().status == status


FREE = ("submitted", "closed", *FINAL)


@pytest.mark.parametrize("status", Status.values)
def test_only_a_started_request_needs_an_assignee(lea, transcripts, status):
    ticket = file_ticket(lea, transcripts)

    assert accepts(status=status, assignee=None, **needs(status, ticket)) == (status in FREE)


@pytest.mark.parametrize("status", Status.values)
def test_ended_exactly_when_final(lea, claire, transcripts, status):
    ticket = file_ticket(lea, transcripts)

    opposite = None if status in FINAL else timezone.now()

    assert not accepts(status=status, assignee=claire, **needs(status, ticket) | {"ended_at": opposite})


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", ["recall_on", "merged_into"])
def test_a_status_has_what_it_needs_and_no_other_has(lea, claire, transcripts, status, name):
    ticket = file_ticket(lea, transcripts)
    wanted = needs(status, ticket)
    given = timezone.localdate() if name == "recall_on" else ticket

    opposite = given if wanted[name] is None else None

    assert not accepts(status=status, assignee=claire, **wanted | {name: opposite})


@pytest.mark.parametrize(("satisfaction", "is_known"), [(0, False), (1, True), (5, True), (6, False)])
def test_satisfaction_goes_from_one_to_five(lea, transcripts, satisfaction, is_known):
    file_ticket(lea, transcripts)

    assert accepts(satisfaction=satisfaction) == is_known


@pytest.mark.parametrize("status", ["", "SUBMITTED", "deleted"])
def test_unknown_status_is_refused(lea, transcripts, status):
    file_ticket(lea, transcripts)

    assert not accepts(status=status)


def accepts(**values):
    """Whether the database takes these values for the one request there is."""
    try:
        with transaction.atomic():
            Ticket.objects.update(**values)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": "deleted"}, "État inconnu."),
        ({"status": "in_progress"}, "Une demande prise en charge a un gestionnaire."),
        (
            {"status": "approved"},
            "Une demande a une date de fin si et seulement si elle est terminée.",
        ),
    ],
    ids=["status", "assignee", "end"],
)
def test_constraints_speak_french(lea, transcripts, values, sentence):
    ticket = file_ticket(lea, transcripts)
    for name, value in values.items():
        setattr(ticket, name, value)

    with pytest.raises(ValidationError) as error:
        ticket.validate_constraints()

    assert error.value.messages == [sentence]


def test_every_status_speaks_to_the_requester():
    assert (set(REQUESTER_LABELS), set(NEXT_STEPS)) == (set(Status), set(Status))


@pytest.mark.parametrize(
    ("status", "is_open", "is_final"),
    [
        ("submitted", True, False),
        ("postponed", True, False),
        ("closed", False, False),
        ("merged", False, True),
    ],
)
def test_open_and_final(status, is_open, is_final):
    ticket = Ticket(status=status)

    assert (ticket.is_open, ticket.is_final) == (is_open, is_final)
