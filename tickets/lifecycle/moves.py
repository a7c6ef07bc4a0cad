"""What one move is: the shape of a line of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tickets.lifecycle import effects, guards, permissions
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.words import WORDS

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tickets.lifecycle.permissions import Predicate
    from tickets.models import Ticket


class Ask(StrEnum):
    """What a move needs from the person. `REQUIRED_…` must be there, the others may."""

    MESSAGE = "message"
    REQUIRED_MESSAGE = "required_message"
    MESSAGE_OR_FILES = "message_or_files"
    FILES = "files"
    ASSIGNEE = "assignee"
    OUTCOME = "outcome"
    RECALL_ON = "recall_on"
    SATISFACTION = "satisfaction"
    SURE = "sure"  # asked only when the words say the contrary of the button
    CATEGORY = "category"
    ADMINISTRATION = "administration"
    CONTACT = "contact"
    OTHER = "other"
    SUBJECT = "subject"
    PRIORITY = "priority"
    MINUTES = "minutes"
    EMAIL = "email"
    GUEST = "guest"
    PERSON = "person"
    ITEMS = "items"  # required by a text
    LEGAL_BASIS = "legal_basis"
    DEADLINE = "deadline"
    INDISPENSABLE = "indispensable"
    FILE = "file"  # one of hers
    SUPPLIED = "supplied"  # which required items come with the words, when some are due
    LINKED = "linked"  # another request, or a frequent question
    ENTRY = "entry"
    LINK = "link"
    QUESTION = "question"
    SOLUTION = "solution"


@dataclass(frozen=True)
class Transition:
    """One move: where it starts, where it leads, who may make it, what it asks; WORDS says how it is said.

    `slug` is its place in addresses. `target` None keeps the status, unless `effect` decides; `guard` says
    what else must be true of the request; `is_note` keeps its message for staff. `parts` names two moves made
    by one click, each with its event, told by one mail.
    """

    name: str
    slug: str
    sources: tuple[Status, ...]
    target: Status | None
    who: Predicate | None
    asks: tuple[Ask, ...] = ()
    effect: Callable[..., None] = effects.nothing
    guard: Callable[..., None] = guards.none
    parts: tuple[str, ...] = ()
    is_note: bool = False
    is_internal: bool = False  # the whole event is for staff
    is_legal: bool = False
    can_be_taken_back: bool = False  # it may wait some seconds before it leaves

    @property
    def words_are_internal(self) -> bool:
        """Whether the requester never reads what is written with it."""
        return self.is_note or self.is_internal

    @property
    def label(self) -> StrOrPromise:
        """What its button says."""
        return WORDS[self.name].label

    @property
    def past(self) -> StrOrPromise:
        """What the history says of it."""
        return WORDS[self.name].past

    @property
    def prompt(self) -> StrOrPromise:
        """What stands above its text."""
        return WORDS[self.name].prompt

    @property
    def done(self) -> StrOrPromise:
        """What confirms it."""
        return WORDS[self.name].done

    def starts_from(self, status: str) -> bool:
        """Whether the move may be made from `status`."""
        return status in self.sources

    def is_offered(self, ticket: Ticket, standing: permissions.Standing, now: datetime) -> bool:
        """Whether somebody standing so may make the move on `ticket` at `now`, as far as buttons know."""
        if self.who is None or not self.starts_from(ticket.status) or not self.who(standing):
            return False
        try:
            self.guard(ticket, standing, now)
        except MoveRefusedError:
            return False
        return True

    def needs_page(self) -> bool:
        """Whether the move asks something, so that one click is not enough."""
        return bool(self.asks)
