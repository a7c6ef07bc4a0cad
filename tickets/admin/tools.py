"""What stands above a message being written: canned answers, colleagues to name."""

from dataclasses import dataclass, field

from django.urls import reverse

from categories.enums import RoleKind
from categories.roles import people_on
from tickets.admin.actions import ANSWERS
from tickets.admin.canned import offered_answers


@dataclass(frozen=True)
class Tools:
    """The tools of one form; `name` tells its elements from those of another form of the page."""

    name: str
    canned: list = field(default_factory=list)
    canned_url: str = ""
    colleagues: list = field(default_factory=list)


def tools_of(ticket, move, user):
    """Return the Tools for writing `move` on `ticket`: one query, or none when the move has no words."""
    if move.name in ANSWERS:
        url = reverse("admin:tickets_ticket_canned", args=[ticket.pk])
        return Tools(name=move.name, canned=offered_answers(ticket, user), canned_url=url)
    if move.words_are_internal and any("message" in ask for ask in move.asks):
        return Tools(name=move.name, colleagues=colleagues_on(ticket, user))
    return Tools(name=move.name)


def colleagues_on(ticket, user):
    """Return the other people of the theme who can be named in a note: those with a login."""
    people = people_on(ticket.category_id, RoleKind.OBSERVER).exclude(pk__in=(user.pk, ticket.requester_id))
    return [person for person in people if person.is_cas]
