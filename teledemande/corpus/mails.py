"""Mails of the corpus, already sent: to the requester, and to the handler in charge unless she acted."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from accounts.models import User
from notifications.headers import headers_of
from notifications.models import MailState, OutgoingEmail
from notifications.rules import CONFIDENTIAL, RULES, STAFF_CONFIDENTIAL, STAFF_NEWS, Audience
from teledemande.corpus.themes import Theme
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket, TicketEvent

_REFUSED = 0.002
_REFUSAL = "550 5.1.1 Adresse inconnue"


def mails_of(
    ticket: Ticket, event: TicketEvent, text: str, *, theme: Theme, rng: Random
) -> Iterator[OutgoingEmail]:
    """Yield the mails of one event."""
    for person, message in _told(ticket, event, theme):
        if theme.is_confidential:
            discreet = CONFIDENTIAL if person == ticket.requester else STAFF_CONFIDENTIAL
            yield _mail(ticket, event, person, discreet, "", rng)
        else:
            yield _mail(ticket, event, person, message, text, rng)


def _told(ticket: Ticket, event: TicketEvent, theme: Theme) -> Iterator[tuple[User, str]]:
    for rule in RULES[event.kind]:
        if rule.audience is Audience.REQUESTER:
            yield ticket.requester, rule.message
    concerned = {event.before.get("assignee_id"), event.after.get("assignee_id")} - {event.actor_id}
    for person in (*theme.handlers, theme.manager):
        if person.pk in concerned:
            concerned.discard(person.pk)
            yield person, STAFF_NEWS


def _mail(
    ticket: Ticket, event: TicketEvent, person: User, message: str, text: str, rng: Random
) -> OutgoingEmail:
    identifier = uuid.UUID(int=rng.getrandbits(128), version=4)
    is_refused = rng.random() < _REFUSED
    news = str(event.label)
    body = f"Bonjour,\n\n{news}\u00a0: demande {ticket.reference}.\n\n{text}\n\nTélé-demande"
    return OutgoingEmail(
        uuid=identifier,
        message=message,
        event=event,
        ticket=ticket,
        recipient=person,
        to=person.email,
        subject=f"[{ticket.reference}] {news}"[:250],
        body_text=body,
        body_html=f"<p>Bonjour,</p><p>{news}\u00a0: demande {ticket.reference}.</p><p>Télé-demande</p>",
        headers=headers_of(identifier, language=person.language, ticket=ticket),
        is_legal=person == ticket.requester and TRANSITIONS[event.kind].is_legal,
        state=MailState.FAILED if is_refused else MailState.SENT,
        attempts=1,
        created_at=event.at,
        due_at=event.at,
        sent_at=None if is_refused else event.at + timedelta(seconds=rng.randint(1, 50)),
        answer=_REFUSAL if is_refused else "",
    )
