"""Turn the rules into people, and into the addresses services share."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model

from categories.enums import RoleKind
from categories.roles import people_on
from notifications.rules import RULES, Audience


@dataclass(frozen=True)
class Mailbox:
    """An address several members of a service read. It is nobody's account."""

    email: str
    language: str = settings.LANGUAGE_CODE


def told_of(event):
    """Return the people, and the Mailbox, to tell of `event`, each with her rule, in the order of the rules.

    Staff means people who may act on the theme today: somebody who lost her role is told nothing more. Nobody
    is told of her own act, but the requester, who is told of all of them.
    """
    told = {}
    for rule in RULES[event.kind]:
        for person in _people(rule, event):
            told.setdefault(person, rule)
    return list(told.items())


def _people(rule, event):
    if not rule.when(event):
        return []
    return _FINDERS[rule.audience](event)


def _requester(event):
    # A second bolt: the table already tells the requester of no internal event.
    return [] if event.is_internal else [event.ticket.requester]


def _in_charge(event):
    now_and_before = {event.ticket.assignee_id, event.before.get("assignee_id")}
    concerned = now_and_before - {None, event.actor_id}  # her own act: no query for nobody
    return _handlers(event).filter(pk__in=concerned) if concerned else []


def _handlers(event):
    handlers = people_on(event.ticket.category_id)
    return handlers.exclude(pk__in=(event.actor_id, event.ticket.requester_id))


def _managers(event):
    managers = people_on(event.ticket.category_id, RoleKind.MANAGER)
    return managers.exclude(pk__in=(event.actor_id, event.ticket.requester_id))


def _mentioned(event):
    # Who was named, and read the request, when it was written; a note is between members of staff.
    named = event.after.get("mentioned", {}).values() if event.is_internal else ()
    if not named:
        return []
    people = get_user_model().objects.filter(pk__in=named, is_active=True, is_staff=True)
    return people.exclude(pk__in=(event.actor_id, event.ticket.requester_id)).order_by("pk")


def _mailbox(event):
    address = event.ticket.category.mailbox
    return [Mailbox(address)] if address else []


_FINDERS = {
    Audience.REQUESTER: _requester,
    Audience.IN_CHARGE: _in_charge,
    Audience.HANDLERS: _handlers,
    Audience.MANAGERS: _managers,
    Audience.MENTIONED: _mentioned,
    Audience.MAILBOX: _mailbox,
}
