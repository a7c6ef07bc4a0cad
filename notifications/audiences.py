"""Turn the rules into people, and into the addresses services share."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q

from accounts.models import mail_identity
from categories.absences import substitutes_of
from categories.enums import MailboxTold, RoleKind
from categories.roles import is_confidential, people_on
from notifications.choices import TELLS_ALL, TELLS_CREATION, TELLS_IN_CHARGE, who_chose
from notifications.models import OutgoingEmail
from notifications.rules import RULES, Audience
from tickets.models import Attachment, Participant


@dataclass(frozen=True)
class Mailbox:
    """An address several members of a service read. It is nobody's account."""

    email: str
    language: str = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Guest:
    """Somebody invited by an address without an account: she reads by a link of her own."""

    row: Participant

    @property
    def email(self):
        """The address she was invited by."""
        return self.row.email

    @property
    def language(self):
        """The language of whoever invited her."""
        return self.row.language


def told_of(event):
    """Return the people, the Guest rows and the Mailbox to tell of `event`, each with her rule, in the
    order of the rules.

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


def _guests(event):
    """Return those who may read the request: the same rule as `visible_to`, and never an internal event."""
    if event.is_internal:
        return []
    rows = event.ticket.participants.current().select_related("user")
    return [one for row in rows if (one := _guest(row)) and one != event.actor]


def _guest(row):
    """Return the account of `row`, a Guest for an address alone, or None for an account that is closed.

    An account created since with the address she was invited by is hers.
    """
    person = row.user or get_user_model().objects.filter(identity=mail_identity(row.email)).first()
    if person is None:
        return Guest(row)
    return person if person.is_active else None


def _named_guest(event):
    row = event.ticket.participants.select_related("user").get(pk=event.after["guest_id"])
    one = _guest(row)
    return [] if one is None or one == event.actor else [one]


def _former_requester(event):
    return get_user_model().objects.filter(pk=event.before["requester_id"], is_active=True)


def _in_charge(event):
    now_and_before = {event.ticket.assignee_id, event.before.get("assignee_id")}
    in_charge = now_and_before - {None}
    if not in_charge:
        return []
    # Whoever stands in for somebody away is told too, if she may act on the theme by a role of hers.
    concerned = Q(pk__in=in_charge) | Q(pk__in=substitutes_of(in_charge))
    return _handlers(event, TELLS_IN_CHARGE).filter(concerned)


def _handlers(event, profiles=()):
    """Return the handlers of the theme, or those whose choice is one of `profiles`."""
    handlers = people_on(event.ticket.category_id)
    handlers = handlers.exclude(pk__in=(event.actor_id, event.ticket.requester_id))
    return who_chose(handlers, event.ticket.category_id, profiles) if profiles else handlers


def _at_creation(event):
    return _handlers(event, TELLS_CREATION)


def _of_all(event):
    return _handlers(event, TELLS_ALL)


def _followers(event):
    """Return those who follow and read it as staff; of what is internal, those who act on the theme."""
    category_id = event.ticket.category_id
    asked = get_user_model().objects.filter(follows__ticket=event.ticket_id, is_active=True)
    asked = list(asked.exclude(pk__in=(event.actor_id, event.ticket.requester_id)))
    if not asked:
        return []
    kind = RoleKind.HANDLER if event.is_internal else RoleKind.OBSERVER
    readers = set(people_on(category_id, kind).filter(pk__in=[person.pk for person in asked]))
    if not event.is_internal and not is_confidential(category_id):
        readers |= {person for person in asked if person.is_superuser}
    return [person for person in asked if person in readers]


def _told_of_file(event):
    """Return the staff who act on the theme or follow the request, and had a mail when the file came."""
    came = Attachment.objects.filter(uuid=event.after["file"]).values("event")
    mails = OutgoingEmail.objects.filter(event__in=came, recipient__isnull=False)
    told = set(mails.values_list("recipient", flat=True))
    people = dict.fromkeys([*_handlers(event), *_followers(event)])
    return [person for person in people if person.pk in told]


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


def _proposer(event):
    return _handlers(event).filter(pk=event.after["proposed_by_id"])


def _mailbox(event):
    theme = event.ticket.category
    return [Mailbox(theme.mailbox)] if theme.mailbox and theme.mailbox_told != MailboxTold.NOTHING else []


def _mailbox_of_all(event):
    return _mailbox(event) if event.ticket.category.mailbox_told == MailboxTold.ALL else []


_FINDERS = {
    Audience.REQUESTER: _requester,
    Audience.NEW_GUEST: _named_guest,
    Audience.LOST_GUEST: _named_guest,
    Audience.FORMER_REQUESTER: _former_requester,
    Audience.GUESTS: _guests,
    Audience.IN_CHARGE: _in_charge,
    Audience.HANDLERS: _handlers,
    Audience.HANDLERS_AT_CREATION: _at_creation,
    Audience.HANDLERS_OF_ALL: _of_all,
    Audience.TOLD_OF_FILE: _told_of_file,
    Audience.FOLLOWERS: _followers,
    Audience.MANAGERS: _managers,
    Audience.MENTIONED: _mentioned,
    Audience.PROPOSER: _proposer,
    Audience.MAILBOX: _mailbox,
    Audience.MAILBOX_OF_ALL: _mailbox_of_all,
}
