"""Who is told of what, as data: one line per move of the table, one message per audience.

The table is that of the life of a request (« qui est prévenu »). A person told by two rules receives the
message of the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from django.conf import settings

from categories.enums import RoleKind
from categories.roles import people_on

if TYPE_CHECKING:
    from tickets.models import TicketEvent


class Audience(Enum):
    """Who a message is for."""

    REQUESTER = auto()
    NEW_GUEST = auto()  # whoever has just been invited
    LOST_GUEST = auto()  # whoever was just removed by somebody else
    FORMER_REQUESTER = auto()  # whoever was the requester until now
    GUESTS = auto()  # everybody invited, by account or by address
    IN_CHARGE = auto()  # whoever has the request, and whoever just lost it, unless she wants no such mail
    TOLD_OF_FILE = auto()  # the staff who had a mail about the file withdrawn
    FOLLOWERS = auto()  # staff who asked to hear of it and still read it
    HANDLERS = auto()  # everybody who may act on the theme
    HANDLERS_AT_CREATION = auto()  # those of them who want to hear of what arrives, or is free again
    HANDLERS_OF_ALL = auto()  # those of them who want to hear of everything
    MANAGERS = auto()  # those of them who answer for it
    MENTIONED = auto()  # the colleagues named in a note, who read the request
    PROPOSER = auto()  # whoever proposed the solution a manager judged, as long as she acts on the theme
    MAILBOX = auto()  # the address the service shares, if the theme has one: never the content
    MAILBOX_OF_ALL = auto()  # the same, where the theme wants it told of everything


def always(event: TicketEvent) -> bool:
    """Tell every time."""
    return True


def is_free(event: TicketEvent) -> bool:
    """Tell when nobody is in charge: somebody must know."""
    assignee = event.ticket.assignee
    return assignee is None or not assignee.is_active


def requester_writes_to_nobody(event: TicketEvent) -> bool:
    """Tell when the requester writes and nobody is in charge."""
    return event.actor_id == event.ticket.requester_id and is_free(event)


def has_no_manager(event: TicketEvent) -> bool:
    """Tell when nobody else answers for the theme. One query."""
    others = people_on(event.ticket.category_id, RoleKind.MANAGER).exclude(pk=event.actor_id)
    return not others.exists()


def contested_before(event: TicketEvent) -> bool:
    """Tell from the second contest on. One query."""
    earlier = event.ticket.events.filter(kind="contest", sequence__lt=event.sequence)
    return earlier.exists()


@dataclass(frozen=True)
class Rule:
    """Tell `audience` with the templates of `message`, when `when` says so."""

    audience: Audience
    message: str
    when: Callable[[TicketEvent], bool] = always


STAFF_NEWS: Final = "staff_news"
ANNOUNCEMENT: Final = "announcement"
# What replaces every message about a confidential theme: the reference, the link, nothing else.
CONFIDENTIAL: Final = "confidential"
STAFF_CONFIDENTIAL: Final = "staff_confidential"
STAFF_GROUP: Final = "staff_group"  # several news of one request, for whoever groups them
GUEST_NEWS: Final = "guest_news"
GUEST_CONFIDENTIAL: Final = "guest_confidential"
FORMER_REQUESTER: Final = "requester_former"
GUEST_REMOVED: Final = "guest_removed"

_IN_CHARGE: Final = Rule(Audience.IN_CHARGE, STAFF_NEWS)
# Whoever is named in words for staff: the page marks her as told.
_MENTIONED: Final = Rule(Audience.MENTIONED, "mentioned")
_MANAGERS: Final = Rule(Audience.MANAGERS, STAFF_NEWS)
_HANDLERS: Final = Rule(Audience.HANDLERS_AT_CREATION, STAFF_NEWS)
_HANDLERS_IF_FREE: Final = Rule(Audience.HANDLERS_AT_CREATION, STAFF_NEWS, when=is_free)
_HANDLERS_OF_ALL: Final = Rule(Audience.HANDLERS_OF_ALL, STAFF_NEWS)
_FOLLOWERS: Final = Rule(Audience.FOLLOWERS, STAFF_NEWS)
_GUESTS: Final = Rule(Audience.GUESTS, GUEST_NEWS)
_MAILBOX: Final = Rule(Audience.MAILBOX, ANNOUNCEMENT)
_MAILBOX_IF_FREE: Final = Rule(Audience.MAILBOX, ANNOUNCEMENT, when=is_free)
_MAILBOX_OF_ALL: Final = Rule(Audience.MAILBOX_OF_ALL, ANNOUNCEMENT)


def _requester(message: str) -> Rule:
    return Rule(Audience.REQUESTER, message)


_TABLE: Final[dict[str, tuple[Rule, ...]]] = {
    "submit": (_requester("receipt"), _IN_CHARGE, _HANDLERS, _MAILBOX),
    # The requester is told by the other request; whoever has this one must know.
    "receive": (_IN_CHARGE,),
    "lose": (_IN_CHARGE,),
    "linked": (_IN_CHARGE,),
    "unlinked": (_IN_CHARGE,),
    # The receipt of the new request tells the requester of both.
    "continues": (),
    "continued": (_IN_CHARGE,),
    "take": (_requester("taken"), _IN_CHARGE),
    "assign": (_requester("assigned"), _IN_CHARGE),
    "release": (_requester("released"), _IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    "ask": (_requester("asked"), _IN_CHARGE),
    "ask_items": (_requester("items_asked"), _IN_CHARGE),
    "answer": (_requester("answered"), _IN_CHARGE),
    "count_answer": (_requester("answer_counted"), _IN_CHARGE),
    "comment": (
        _requester("commented"),
        _IN_CHARGE,
        Rule(Audience.HANDLERS_AT_CREATION, STAFF_NEWS, when=requester_writes_to_nobody),
        Rule(Audience.MAILBOX, ANNOUNCEMENT, when=requester_writes_to_nobody),
    ),
    # Nobody was told of the answer, nobody is told that it was taken back.
    "take_back": (),
    # Never the requester: a note is between members of staff.
    "note": (_MENTIONED, _IN_CHARGE),
    "close": (_requester("closed"), _IN_CHARGE),
    "refuse": (_requester("refused"), _IN_CHARGE),
    "approve": (_requester("approved"), _IN_CHARGE),
    "contest": (
        _requester("contested"),
        _IN_CHARGE,
        Rule(Audience.MANAGERS, STAFF_NEWS, when=contested_before),
        _HANDLERS_IF_FREE,
        _MAILBOX_IF_FREE,
    ),
    "withdraw_file": (_requester("file_withdrawn"), Rule(Audience.TOLD_OF_FILE, STAFF_NEWS)),
    "withdraw": (_requester("withdrawn"), _IN_CHARGE),
    "settle": (_requester("settled"), _IN_CHARGE),
    "remind": (_requester("reminded"),),
    "remind_answer": (_requester("answer_reminded"),),
    "expire": (_requester("expired"), _IN_CHARGE),
    "reopen": (_requester("reopened"), _IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    "postpone": (_requester("postponed"), _IN_CHARGE),
    "recall": (_requester("recalled"), _IN_CHARGE),
    # The handlers of the theme it arrives in, when nobody there has it.
    "move": (_requester("moved"), _IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    "give_back": (_requester("given_back"), _IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    "change_subject": (_requester("renamed"), _IN_CHARGE),
    # Never the requester: a priority is for staff.
    "change_priority": (_IN_CHARGE,),
    "merge": (_requester("merged"), _IN_CHARGE),
    "unmerge": (_requester("unmerged"), _IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    # Never the requester, whose request it came from: her name is not in it.
    "publish_solution": (_MANAGERS, _IN_CHARGE),
    "accept_solution": (Rule(Audience.PROPOSER, STAFF_NEWS), _IN_CHARGE),
    "decline_solution": (Rule(Audience.PROPOSER, STAFF_NEWS), _IN_CHARGE),
    # A link is for staff; a question the requester may read is worth a mail.
    "link": (_IN_CHARGE,),
    "unlink": (_IN_CHARGE,),
    "show_entry": (_requester("entry_shown"), _IN_CHARGE),
    "transmit": (_requester("transmitted"), _IN_CHARGE),
    # Whoever has it, or somebody when nobody does: she is to be reached otherwise. Never the requester.
    "unreached": (_IN_CHARGE, _HANDLERS_IF_FREE, _MAILBOX_IF_FREE),
    "reach": (_MENTIONED, _IN_CHARGE),
    "report_abuse": (_MENTIONED, _MANAGERS, _IN_CHARGE),
    "confirm_abuse": (_MENTIONED, _MANAGERS, _IN_CHARGE),
    "clear_abuse": (_MENTIONED, _MANAGERS, _IN_CHARGE),
    "invite": (_requester("invited"), Rule(Audience.NEW_GUEST, "guest_invited"), _IN_CHARGE),
    "uninvite": (_requester("uninvited"), Rule(Audience.LOST_GUEST, GUEST_REMOVED), _IN_CHARGE),
    "leave": (_requester("left"), _IN_CHARGE),
    # Whoever answers for the theme, or those who work on it when nobody does. Never the requester.
    "admin_access": (
        _MENTIONED,
        Rule(Audience.MANAGERS, STAFF_NEWS),
        Rule(Audience.HANDLERS, STAFF_NEWS, when=has_no_manager),
    ),
    "change_requester": (
        _requester("requester_new"),
        Rule(Audience.FORMER_REQUESTER, FORMER_REQUESTER),
        _IN_CHARGE,
        _HANDLERS_IF_FREE,
        _MAILBOX_IF_FREE,
    ),
}


# Filing has no follower yet, and has told the handlers already; what an administrator reads is for those who
# answer for the theme; a file is withdrawn for those who heard of it, followers among them.
_NOT_FOLLOWED: Final = ("submit", "admin_access", "withdraw_file", "take_back")
# Two events of one click on one request: its filing told them.
_TOLD_BY_FILING: Final = ("continues",)


def _completed(kind: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Tell those who follow, the staff who want everything, then guests of all the requester is told of."""
    followers = () if kind in _NOT_FOLLOWED else (_FOLLOWERS,)
    of_all = () if kind in (*_NOT_FOLLOWED, *_TOLD_BY_FILING) else (_HANDLERS_OF_ALL, _MAILBOX_OF_ALL)
    concerns_guests = any(rule.audience is Audience.REQUESTER for rule in rules)
    return (*rules, *followers, *of_all, *((_GUESTS,) if concerns_guests else ()))


RULES: Final[dict[str, tuple[Rule, ...]]] = {kind: _completed(kind, rules) for kind, rules in _TABLE.items()}

# No content of a confidential request travels by mail, in either direction; nor do farewells want an answer.
UNANSWERED: Final = frozenset(
    {CONFIDENTIAL, STAFF_CONFIDENTIAL, GUEST_CONFIDENTIAL, FORMER_REQUESTER, GUEST_REMOVED}
)


def messages() -> set[str]:
    """Return the names of all the messages about requests."""
    told = {rule.message for rules in RULES.values() for rule in rules}
    return told | {CONFIDENTIAL, STAFF_CONFIDENTIAL, GUEST_CONFIDENTIAL, STAFF_GROUP}


# Answered by mail, but by people with an account only: their words do not say so.
_SILENT_ON_ANSWERS: Final = frozenset({ANNOUNCEMENT, GUEST_NEWS, "guest_invited"})
_TO_STAFF: Final = frozenset({STAFF_NEWS, STAFF_GROUP, "mentioned"})


def answering(message: str) -> str:
    """Return what an answer by mail to `message` becomes: "comment", "note", or "" when it is not read."""
    is_answered = message in messages() - UNANSWERED - _SILENT_ON_ANSWERS
    if not settings.INBOUND_ADDRESS or not is_answered:
        return ""
    return "note" if message in _TO_STAFF else "comment"
