"""What somebody gives with a move, drawn from one number: good, wrong or absent."""

from datetime import timedelta

from django.utils import timezone

from categories.enums import Priority
from tickets.lifecycle.enums import Outcome
from tickets.lifecycle.moves import Ask
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Participant, Ticket
from tickets.services.given import Given

WORDS = {Ask.MESSAGE, Ask.REQUIRED_MESSAGE, Ask.MESSAGE_OR_FILES}
ADDRESSES = (
    "marc.aubert@example.org",  # an account of ours
    "claude.petit@example.org",  # nobody's
    "colette.roux@etu.example.org",  # a member of staff
    "lea.fontaine@etu.example.org",
    "pas une adresse",
)


def given_for(name, ticket, number, *, walk):
    """Return the Given that `number` stands for, on `ticket`, in the state of things."""
    asks_for_words = WORDS & set(TRANSITIONS[name].asks)
    words = walk.words() if asks_for_words and number % 13 != 12 else ""
    if words and number % 3 == 0:
        words += " @colette.roux @bruno.garnier"
    return Given(
        message=words,
        assignee=walk.person(number),
        outcome=Outcome.INFORMED,
        recall_on=timezone.localdate() + timedelta(days=number % 9),
        satisfaction=number % 6 or None,
        is_sure=True,
        category=walk.theme(number),
        administration="Rectorat de l’exemple",
        contact="1 place de l’Exemple",
        other=_row(Ticket.objects.filter(requester=ticket.requester_id), number),
        subject=walk.words(),
        priority=Priority.URGENT if number % 2 else Priority.NORMAL,
        minutes=number,
        email=ADDRESSES[number % len(ADDRESSES)],
        guest=_row(Participant.objects.all(), number),
        person=walk.person(number),
    )


def _row(rows, number):
    rows = list(rows.order_by("pk"))
    return rows[number % len(rows)] if rows else None
