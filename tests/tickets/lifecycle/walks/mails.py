"""The outbox holds exactly what the rules say of each event, and tells nobody what she may not see."""

import re

from notifications.models import OutgoingEmail
from tests.tickets.lifecycle.walks.reading import is_secret, reads
from tests.tickets.lifecycle.walks.told import must_be_told
from tickets.models import TicketMessage

# Whoever sees the request no more is told its number.
FAREWELLS = ("guest_removed", "requester_former")
WORDS = re.compile(r"Mot\d{4}x")


def check_mails(events, firsts):
    """Check the mails of `events`, `firsts` being those another event of the same click follows.

    Returns how many there are.
    """
    count = 0
    for event in events:
        mails = list(OutgoingEmail.objects.filter(event=event).order_by("pk"))
        told = [_who(mail) for mail in mails]
        expected = must_be_told(event, is_last=event.pk not in firsts)
        assert set(told) == expected, f"{event.kind}: told {told}, not {expected}"
        assert len(told) == len(set(told))
        for mail in mails:
            _check_what_it_says(mail)
        count += len(mails)
    return count


def _who(mail):
    return ("person", mail.recipient_id) if mail.recipient_id else ("address", mail.to)


def _check_what_it_says(mail):
    ticket, said = mail.ticket, f"{mail.subject}{mail.body_text}{mail.body_html}"
    is_farewell = mail.message in FAREWELLS
    # The requester is told of her request « always »: of what the law says too, her account closed or not.
    if mail.recipient and mail.recipient_id != ticket.requester_id and not is_farewell:
        assert reads(mail.recipient, ticket), f"{mail.recipient} is told of {ticket} by {mail.message}"
    if is_farewell or is_secret(ticket.category) or mail.message == "announcement":
        assert not WORDS.search(said), f"{mail.message} holds words"
        return
    if mail.recipient is None or mail.recipient_id == ticket.requester_id:
        internal = TicketMessage.objects.filter(event__is_internal=True)
        notes = {word for text in internal.values_list("text", flat=True) for word in WORDS.findall(text)}
        assert not notes & set(WORDS.findall(said)), f"{mail.message} holds a note"
