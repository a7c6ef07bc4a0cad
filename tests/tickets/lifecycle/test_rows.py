"""What each move of the rules does, for those no other file tells of (register: tests/lifecycle_rows.py)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import OutgoingEmail
from tests.factories import file_ticket, handler_on, move, ticket_in
from tickets.lifecycle.enums import FINAL, OPEN, REQUESTER_LABELS, Status
from tickets.lifecycle.refusals import NoSenderError, TooLateError
from tickets.lifecycle.transitions import TRANSITIONS

# By hand: what the staff reads, what the requester reads, whether the request is open.
STATUSES = {
    "submitted": ("déposée (libre)", "Reçue, en attente de prise en charge", "open"),
    "in_progress": ("en cours", "En cours de traitement", "open"),
    "waiting": ("en attente du demandeur", "Votre réponse est attendue", "open"),
    "postponed": ("reportée", "En cours de traitement", "open"),
    "closed": ("clôturée, à approuver", "Traitée : approuvez-vous la clôture ?", "awaits approval"),
    "approved": ("clôture approuvée", "Terminée, clôture approuvée", "final"),
    "expired": ("clôture tacite", "Terminée, clôture non contestée dans le délai", "final"),
    "refused": ("refusée", "Refusée", "final"),
    "cancelled": ("retirée par le demandeur", "Retirée", "final"),
    "transmitted": (
        "transmise à une autre administration",
        "Transmise à une autre administration",
        "final",
    ),
    "merged": ("jointe à une autre demande", "Jointe à une autre demande", "final"),
}


def life(status):
    if status in OPEN:
        return "open"
    return "final" if status in FINAL else "awaits approval"


def test_statuses_read_as_the_rules_say():
    read = {str(s): (str(s.label), str(REQUESTER_LABELS[s]), life(s)) for s in Status}

    # French puts a no-break space before its signs: the rules are written with plain ones.
    assert {
        name: tuple(words.replace("\u00a0", " ") for words in row) for name, row in read.items()
    } == STATUSES


@pytest.fixture
def held(lea, claire, transcripts):
    return ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


def kinds(ticket):
    return list(ticket.events.values_list("kind", flat=True))


def told(ticket, kind):
    """Return the messages sent to the requester of the events of this kind."""
    mails = OutgoingEmail.objects.filter(ticket=ticket, event__kind=kind, recipient=ticket.requester)
    return [mail.message for mail in mails]


@pytest.mark.parametrize(
    ("name", "second", "status"), [("take_and_ask", "ask", "waiting"), ("take_and_close", "close", "closed")]
)
def test_taking_and_answering_is_one_click_two_events_and_one_mail(
    lea, claire, transcripts, name, second, status
):
    ticket = move(file_ticket(lea, transcripts), name, claire)

    assert (ticket.status, ticket.assignee, kinds(ticket)) == (status, claire, ["submit", "take", second])
    assert (
        OutgoingEmail.objects.filter(ticket=ticket, recipient=lea).count() == 2
    )  # the receipt, and this one
    assert (told(ticket, "take"), len(told(ticket, second))) == ([], 1)


def test_requester_says_her_request_is_settled(held, lea):
    ticket = move(held, "settle", lea, message="Tout est arrivé.")

    assert (ticket.status, ticket.ended_at is not None, told(ticket, "settle")) == (
        "approved",
        True,
        ["settled"],
    )
    assert ticket.events.last().words == "Tout est arrivé."


def test_request_sent_to_another_administration_ends_and_says_where(held, claire):
    ticket = move(held, "transmit", claire)

    mail = OutgoingEmail.objects.get(event__kind="transmit", recipient=ticket.requester)
    assert (ticket.status, ticket.transmitted_to) == ("transmitted", "Rectorat de l’exemple")
    assert mail.is_legal
    assert "1 place de l’Exemple, 13000 Marseille" in mail.body_text


def test_request_moved_is_free_when_whoever_had_it_has_no_role_there(held, claire, refunds, late_enrolment):
    kept = move(held, "move", claire, category=late_enrolment)
    assert (kept.status, kept.assignee, kept.category) == ("in_progress", claire, late_enrolment)

    freed = move(held, "move", claire, category=refunds)

    assert (freed.status, freed.assignee, freed.service) == ("submitted", None, refunds.service)
    assert (freed.sender, freed.sender_category) == (claire, late_enrolment)


def test_request_given_back_returns_to_whoever_sent_it_once(held, claire, bruno, refunds, transcripts):
    move(held, "move", claire, category=refunds)

    ticket = move(held, "give_back", bruno)

    assert (ticket.category, ticket.status, ticket.assignee) == (transcripts, "in_progress", claire)
    with pytest.raises(NoSenderError):
        move(held, "give_back", claire)


@pytest.mark.parametrize("status", ["approved", "cancelled"])
def test_requester_reopens_for_thirty_days_and_staff_at_any_time(lea, claire, transcripts, status):
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)

    with time_machine.travel(ticket.ended_at + timedelta(days=30, seconds=1), tick=False):
        with pytest.raises(TooLateError):
            move(ticket, "reopen", lea)
        assert move(ticket, "reopen", claire).status in ("in_progress", "submitted")


@pytest.mark.parametrize("status", ["approved", "expired"])
def test_request_reopened_in_time_returns_to_whoever_had_it(lea, claire, transcripts, status):
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)

    again = move(ticket, "reopen", lea, at=ticket.ended_at + timedelta(days=30))

    assert (again.status, again.assignee, again.ended_at, again.outcome) == ("in_progress", claire, None, "")


def test_request_reopened_without_anybody_is_free(lea, claire, transcripts):
    ticket = ticket_in("approved", requester=lea, category=transcripts, handler=claire)
    claire.roles.all().delete()

    assert move(ticket, "reopen", lea).status == "submitted"


def test_subject_is_told_and_priority_is_not(held, claire, lea):
    move(held, "change_subject", claire, subject="Relevé du second semestre")
    ticket = move(held, "change_priority", claire)

    assert (ticket.subject, ticket.priority) == ("Relevé du second semestre", 3)
    assert (told(ticket, "change_subject"), told(ticket, "change_priority")) == (["renamed"], [])
    internal = {event.kind for event in ticket.events.filter(is_internal=True)}
    assert internal == {"change_priority"}


def test_request_postponed_says_until_when_and_its_assignee_recalls_it(held, claire):
    day = timezone.localdate() + timedelta(days=9)

    postponed = move(held, "postpone", claire, recall_on=day)
    assert (postponed.status, postponed.recall_on, told(held, "postpone")) == (
        "postponed",
        day,
        ["postponed"],
    )

    assert (back := move(held, "recall", claire)).status == "in_progress"
    assert back.recall_on is None


def test_two_that_are_not_of_one_theme_take_turns(held, colette, claire, lea):
    """Whoever takes a request has it from then on, its status kept; she who had it is told."""
    ticket = move(move(held, "ask", claire), "take", colette)

    assert (ticket.status, ticket.assignee) == ("waiting", colette)
    assert OutgoingEmail.objects.filter(event__kind="take", recipient=claire).exists()


@pytest.mark.parametrize("name", ["close", "refuse", "transmit", "submit"])
def test_what_the_law_wants_is_marked_so(name):
    assert TRANSITIONS[name].is_legal


def test_manager_of_the_theme_is_a_handler_too(lea, transcripts, studies):
    manager = handler_on(studies, "manager")

    assert move(file_ticket(lea, transcripts), "take", manager).assignee == manager
