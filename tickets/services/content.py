"""What a requester files: read from her draft by the form of the theme, checked there, kept here."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tickets.models import Draft


@dataclass(frozen=True)
class Content:
    """The words and answers of a request about to be filed.

    `answers`, `absences` and `beneficiary` are kept as they are (tickets.models.TicketAnswers). `pieces`
    names the pieces the form asks for, given the answers: the files of others are not filed. `revision` is
    that of the draft they were read from and `files` those it held, or None when it does not matter.
    """

    subject: str
    message: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    absences: dict[str, Any] = field(default_factory=dict)
    beneficiary: dict[str, Any] = field(default_factory=dict)
    pieces: frozenset[str] = frozenset()
    is_incomplete: bool = False
    terms_version: str = ""
    revision: int | None = None
    files: frozenset[UUID] | None = None

    @property
    def has_words(self) -> bool:
        """Whether something is asked: a subject, and a message or answers."""
        return bool(self.subject.strip() and (self.message.strip() or self.answers))


def plain_content(draft: Draft) -> Content:
    """Return the subject and the message of `draft`: all that a theme without a form asks."""
    return Content(draft.values.get("subject", ""), draft.values.get("message", ""))
