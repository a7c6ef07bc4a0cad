"""What came by mail and is counted as an answer, by whoever asked: a mail changes no status by itself."""

from typing import Any

from tickets.lifecycle.refusals import NoMailAnswerError
from tickets.lifecycle.transitions import COUNT_ANSWER
from tickets.models import Ticket, TicketEvent
from tickets.services.given import Given


def counted(name: str, ticket: Ticket, given: Given) -> dict[str, Any]:
    """If `name` counts a mail as an answer, return what the event keeps of it: its rank.

    The ticket is locked. Raises NoMailAnswerError.
    """
    return {"counts": mail_counted(ticket, given).sequence} if name == COUNT_ANSWER else {}


def mail_counted(ticket: Ticket, given: Given) -> TicketEvent:
    """Return the mail that is counted: that of the rank given, or the latest. Raises NoMailAnswerError."""
    came = ticket.events.answers_by_mail(ticket).order_by("-sequence")
    mail = (came if given.sequence is None else came.filter(sequence=given.sequence)).first()
    if mail is None:
        raise NoMailAnswerError
    return mail
