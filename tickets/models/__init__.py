"""The rows of a request: itself, its events and their words, its files, drafts, the search documents,
the people invited, what it is linked to."""

from tickets.models.admin_access import AdminAccess
from tickets.models.answers import TicketAnswers
from tickets.models.canned import CannedAnswer, CannedAnswerVersion, CannedScope
from tickets.models.draft import Draft, DraftFile
from tickets.models.event import TicketEvent, TicketMessage
from tickets.models.file import Attachment, Verdict
from tickets.models.follow import Follow
from tickets.models.held import HeldAnswer
from tickets.models.link import LinkKind, TicketLink
from tickets.models.participant import Participant
from tickets.models.required_items import MissingItemsNotice, RequiredItem
from tickets.models.search import SearchDocument
from tickets.models.solution import Solution, SolutionState
from tickets.models.ticket import Ticket
from tickets.models.versions import WrittenVersion
from tickets.models.visit import Visit
from tickets.models.worklist import ListDisplay, ReadMark, SavedView

__all__ = [
    "AdminAccess",
    "Attachment",
    "CannedAnswer",
    "CannedAnswerVersion",
    "CannedScope",
    "Draft",
    "DraftFile",
    "Follow",
    "HeldAnswer",
    "LinkKind",
    "ListDisplay",
    "MissingItemsNotice",
    "Participant",
    "ReadMark",
    "RequiredItem",
    "SavedView",
    "SearchDocument",
    "Solution",
    "SolutionState",
    "Ticket",
    "TicketAnswers",
    "TicketEvent",
    "TicketLink",
    "TicketMessage",
    "Verdict",
    "Visit",
    "WrittenVersion",
]
