"""Tell people of an event: the rules say who, the templates say how, the outbox keeps it."""

from notifications import contexts, outbox
from notifications.audiences import Guest, Mailbox, told_of
from notifications.grouping import hold_back
from notifications.rendering import render
from notifications.rules import (
    ANNOUNCEMENT,
    CONFIDENTIAL,
    FORMER_REQUESTER,
    GUEST_CONFIDENTIAL,
    GUEST_REMOVED,
    STAFF_CONFIDENTIAL,
    Audience,
)
from notifications.story import Story
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.lifecycle.transitions import TRANSITIONS

# Told once of one click, by its last event: her side, and whoever wants to hear of everything.
_TOLD_ONCE = (Audience.REQUESTER, Audience.GUESTS, Audience.HANDLERS_OF_ALL, Audience.MAILBOX_OF_ALL)
_GUESTS = (Audience.NEW_GUEST, Audience.LOST_GUEST, Audience.FORMER_REQUESTER, Audience.GUESTS)
# What is told to whoever sees the request no more: its number.
_FAREWELLS = (GUEST_REMOVED, FORMER_REQUESTER)


def tell(event, *, is_last=True):
    """Write the mails of `event`, one per person or mailbox told, and return them.

    Without `is_last`, the requester is told by the next event of the same click, and so are some others.
    """
    told = [(one, rule) for one, rule in told_of(event) if is_last or rule.audience not in _TOLD_ONCE]
    if not told:
        return []
    message_of = Messages(Story(event)).of
    mails = [_mail(event, person, *message_of(person, rule)) for person, rule in told]
    leaves_at = event.leaves_at if TRANSITIONS[event.kind].can_be_taken_back else None
    hold_back(mails, leaves_at=leaves_at)
    return outbox.put(mails, leaves_at=leaves_at)


def untell(event):
    """Cancel the mails of the answer that `event` takes back. Raises AlreadyGoneError if one has left."""
    answer = event.ticket.events.get(sequence=event.after["taken_back"])
    try:
        outbox.cancel(answer)
    except outbox.AlreadySentError as error:
        raise AlreadyGoneError from error


class Messages:
    """The messages of one event with their rendering, each made once a language.

    But those of the people invited: each has her own link.
    """

    def __init__(self, story):
        self._story, self._made = story, {}
        self._labels = {"reference": story.ticket.reference, "topic": story.ticket.subject}

    def of(self, person, rule):
        """Return the name of the message `rule` has for `person`, and its rendering."""
        if rule.audience in _GUESTS:
            return self._for_guest(person, rule.message)
        for_requester = rule.audience is Audience.REQUESTER
        key = (for_requester, rule.message, person.language)
        if key not in self._made:
            make = self._confidential if self._story.is_confidential else self._told
            self._made[key] = make(*key)
        return self._made[key]

    def _confidential(self, for_requester, _message, language):
        message = CONFIDENTIAL if for_requester else STAFF_CONFIDENTIAL
        build = contexts.confidential_context if for_requester else contexts.staff_confidential_context
        return message, self._bare(message, build(self._story.ticket), language)

    def _told(self, for_requester, message, language):
        edited = self._story.edited(message, language, for_staff=not for_requester)
        if message == ANNOUNCEMENT:
            context = contexts.announcement_context(self._story, language)
            return message, self._bare(message, context, language, edited)
        build = contexts.requester_context if for_requester else contexts.staff_context
        context = build(self._story, language)
        return message, render(message, context, language=language, edited=edited, **self._labels)

    def _for_guest(self, person, message):
        if self._story.is_confidential and message not in _FAREWELLS:
            message = GUEST_CONFIDENTIAL
        if message in (GUEST_CONFIDENTIAL, *_FAREWELLS):
            context = contexts.guest_confidential_context(self._story.event, person)
            return message, self._bare(message, context, person.language)
        context = contexts.guest_context(self._story, person)
        edited = self._story.edited(message, person.language, for_staff=False)
        return message, render(message, context, language=person.language, edited=edited, **self._labels)

    def _bare(self, message, context, language, edited=None):
        """Render under a subject that names nothing but the reference."""
        reference = self._labels["reference"]
        return render(message, context, language=language, reference=reference, edited=edited)


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
