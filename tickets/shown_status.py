"""The status as readers outside of staff may know it: a question that has not left yet changed nothing."""

from copy import copy
from datetime import date

from django.utils import timezone

from tickets.lifecycle.enums import Status
from tickets.models import TicketEvent


def hide_questions_on_their_way(tickets):
    """Give each of `tickets` back, in memory, the status it had before a question that has not left.

    One query, none when no request waits. Nothing given to this is to be saved. Returns `tickets`, as a list.
    """
    tickets = list(tickets)
    by_key = {ticket.pk: ticket for ticket in tickets}
    for event in _questions_on_their_way(tickets):
        _restore(by_key[event.ticket_id], event.before)
    return tickets


def _questions_on_their_way(tickets):
    waiting = [ticket.pk for ticket in tickets if ticket.status == Status.WAITING]
    if not waiting:
        return []
    asked = TicketEvent.objects.on_their_way(timezone.now()).filter(ticket__in=waiting, kind="ask")
    return list(asked.order_by("-sequence"))


def _restore(ticket, before):
    ticket.status = before["status"]
    if before.get("recall_on"):
        ticket.recall_on = date.fromisoformat(before["recall_on"])


def as_outsiders_see(event):
    """Return the request of `event`, or a copy of it, to write of it to readers outside of staff."""
    if event.kind == "ask":
        return event.ticket
    hidden = _questions_on_their_way([event.ticket])
    if not hidden:
        return event.ticket
    ticket = copy(event.ticket)  # the service still works with the other one
    for question in hidden:
        _restore(ticket, question.before)
    return ticket
