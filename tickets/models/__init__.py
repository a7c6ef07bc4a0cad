"""The rows of a request: itself, its events and their words, its files, drafts, the search documents."""

from tickets.models.answers import TicketAnswers
from tickets.models.canned import CannedAnswer, CannedAnswerVersion, CannedScope
from tickets.models.draft import Draft, DraftFile
from tickets.models.event import TicketEvent, TicketMessage
from tickets.models.file import Attachment, Verdict
from tickets.models.search import SearchDocument
from tickets.models.ticket import Ticket
from tickets.models.visit import Visit
from tickets.models.worklist import ListDisplay, ReadMark, SavedView

__all__ = [
    "Attachment",
    "CannedAnswer",
    "CannedAnswerVersion",
    "CannedScope",
    "Draft",
    "DraftFile",
    "ListDisplay",
    "ReadMark",
    "SavedView",
    "SearchDocument",
    "Ticket",
    "TicketAnswers",
    "TicketEvent",
    "TicketMessage",
    "Verdict",
    "Visit",
]
