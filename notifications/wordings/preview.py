"""A mail as it would be sent for a real request, in words that are not saved yet."""

from copy import copy
from typing import Final

from categories.models import Category
from notifications.models import MailWording
from notifications.rules import RULES, Rule
from notifications.story import Story
from notifications.telling import Messages
from notifications.wordings.zones import EDITABLE
from tickets.models import Ticket, TicketEvent

OFFERED: Final = 10


class PreviewStory(Story):
    """An event told with `texts` for `message`, whatever is saved."""

    def __init__(self, event, message, texts):
        super().__init__(event)
        self._texts = {message: MailWording(message=message, texts=texts)}

    @property
    def _wordings(self):
        return self._texts


def events_shown(user, category, message):
    """Return the latest events `message` told, on requests of the theme or below that `user` reads as staff.

    One a request, at most ten. Those of confidential themes are left out: their mails say nothing.
    """
    readable = Ticket.objects.staffed_by(user).filter(category__in=Category.objects.opened())
    if category is not None:
        below = category.descendants(include_self=True).values("pk")
        readable = readable.filter(category__in=list(below.values_list("pk", flat=True)))
    events = TicketEvent.objects.filter(kind__in=EDITABLE[message].kinds, ticket__in=readable)
    latest = events.select_related("ticket__category", "ticket__service", "ticket__requester", "actor")
    by_ticket: dict[int, TicketEvent] = {}
    for event in latest.order_by("-at", "-pk")[: OFFERED * 5]:
        by_ticket.setdefault(event.ticket_id, event)
    return list(by_ticket.values())[:OFFERED]


def event_of(user, message, reference):
    """Return the latest event `message` told on the request `reference`, or None: see `events_shown`."""
    ticket = Ticket.objects.staffed_by(user).by_reference(reference).first()
    if ticket is None or not Category.objects.opened().filter(pk=ticket.category_id).exists():
        return None
    return ticket.events.filter(kind__in=EDITABLE[message].kinds).order_by("-sequence").first()


def preview(event, message, texts, *, language, reader):
    """Return the mail of `event` in `texts`, rendered as it would be sent. Nothing is written.

    A mail to somebody invited is shown as `reader` would get it with an account: no link of anybody is in it.
    """
    person = copy(reader)
    person.language = language
    audience = next(rule.audience for rules in RULES.values() for rule in rules if rule.message == message)
    _name, rendered = Messages(PreviewStory(event, message, texts)).of(person, Rule(audience, message))
    return rendered
