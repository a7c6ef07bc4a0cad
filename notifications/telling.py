"""Tell people of an event: the rules say who, the templates say how, the outbox keeps it."""

from functools import cache

from categories.roles import is_confidential
from notifications import contexts, outbox
from notifications.audiences import Guest, Mailbox, told_of
from notifications.rendering import render
from notifications.rules import (
    CONFIDENTIAL,
    FORMER_REQUESTER,
    GUEST_CONFIDENTIAL,
    GUEST_REMOVED,
    STAFF_CONFIDENTIAL,
    Audience,
)
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.lifecycle.transitions import TRANSITIONS

_HER_SIDE = (Audience.REQUESTER, Audience.GUESTS)
_GUESTS = (Audience.NEW_GUEST, Audience.LOST_GUEST, Audience.FORMER_REQUESTER, Audience.GUESTS)
# What is told to whoever sees the request no more: its number.
_FAREWELLS = (GUEST_REMOVED, FORMER_REQUESTER)


def tell(event, *, to_requester=True):
    """Write the mails of `event`, one per person or mailbox told, and return them.

    Without `to_requester`, the requester is told by the next event of the same click.
    """
    told = [(one, rule) for one, rule in told_of(event) if to_requester or rule.audience not in _HER_SIDE]
    if not told:
        return []
    message_of = _messages(event)
    mails = [_mail(event, person, *message_of(person, rule)) for person, rule in told]
    return outbox.put(mails, leaves_at=event.leaves_at)


def untell(event):
    """Cancel the mails of the answer that `event` takes back. Raises AlreadyGoneError if one has left."""
    answer = event.ticket.events.get(sequence=event.after["taken_back"])
    try:
        outbox.cancel(answer)
    except outbox.AlreadySentError as error:
        raise AlreadyGoneError from error


def _messages(event):
    """Return a function that gives the message of a rule and its rendering for a person.

    Each is made once a language, but those of the people invited: each has her own link.
    """
    ticket = event.ticket
    confidential = is_confidential(ticket.category_id)

    @cache
    def message_of(rule, language):
        for_requester = rule.audience is Audience.REQUESTER
        if confidential:
            message = CONFIDENTIAL if for_requester else STAFF_CONFIDENTIAL
            build = contexts.confidential_context if for_requester else contexts.staff_confidential_context
            return message, render(message, build(ticket), language=language, reference=ticket.reference)
        if rule.audience is Audience.MAILBOX:
            context = contexts.announcement_context(event, language)
            return rule.message, render(rule.message, context, language=language, reference=ticket.reference)
        build = contexts.requester_context if for_requester else contexts.staff_context
        labels = {"reference": ticket.reference, "topic": ticket.subject}
        return rule.message, render(rule.message, build(event, language), language=language, **labels)

    def for_guest(person, rule):
        message = rule.message
        if confidential and message not in _FAREWELLS:
            message = GUEST_CONFIDENTIAL
        if message in (GUEST_CONFIDENTIAL, *_FAREWELLS):
            context = contexts.guest_confidential_context(event, person)
            return message, render(message, context, language=person.language, reference=ticket.reference)
        context = contexts.guest_context(event, person)
        labels = {"reference": ticket.reference, "topic": ticket.subject}
        return message, render(message, context, language=person.language, **labels)

    def choose(person, rule):
        return for_guest(person, rule) if rule.audience in _GUESTS else message_of(rule, person.language)

    return choose


def _mail(event, person, message, rendered):
    ticket = event.ticket
    account = None if isinstance(person, Mailbox | Guest) else person
    return outbox.mail(
        rendered,
        message=message,
        to=person.email,
        language=person.language,
        recipient=account,
        event=event,
        ticket=ticket,
        is_secret=isinstance(person, Guest),  # it holds her link
        is_legal=account == ticket.requester and TRANSITIONS[event.kind].is_legal,
    )
