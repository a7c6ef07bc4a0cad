"""What a member of staff keeps of her list."""

from tests import factories
from tickets.models import ReadMark, Ticket, TicketEvent
from tickets.services.worklist import mark_seen


def seen(person):
    return list(ReadMark.objects.filter(person=person).values_list("ticket", "sequence"))


def test_mark_follows_what_was_shown_and_never_goes_back(claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    old = Ticket.objects.get(pk=ticket.pk)
    factories.move(ticket, "note", claire)
    ticket.refresh_from_db()

    mark_seen(claire, ticket)
    assert seen(claire) == [(ticket.pk, 2)]
    mark_seen(claire, old)
    assert seen(claire) == [(ticket.pk, 2)]


def test_mark_is_no_event(claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    before = list(Ticket.objects.values()), list(TicketEvent.objects.values())

    mark_seen(claire, ticket)

    assert (list(Ticket.objects.values()), list(TicketEvent.objects.values())) == before
