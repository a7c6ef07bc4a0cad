"""A story as rows: the request, then what hangs from it once its number is known."""

import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from accounts.models import User
from categories.questionnaire.words import searchable_words
from teledemande.corpus.answers import absences_of, answers_to
from teledemande.corpus.files import joined_files
from teledemande.corpus.mails import mails_of
from teledemande.corpus.prose import Prose
from teledemande.corpus.telling import Act, Tale
from teledemande.corpus.themes import Theme
from teledemande.paris import PARIS
from teledemande.terms import TERMS_VERSION
from tickets.models import Attachment, SearchDocument, Ticket, TicketAnswers, TicketEvent, TicketMessage
from tickets.search.indexing import MAX_LENGTH
from tickets.search.words import all_words

# What each move says, in the lists of words.yaml, and how often.
_SAYS = {
    "ask": ("questions", 1.0),
    "answer": ("answers", 1.0),
    "comment": ("comments", 1.0),
    "note": ("notes", 1.0),
    "close": ("solutions", 1.0),
    "refuse": ("refusals", 1.0),
    "contest": ("contests", 1.0),
    "approve": ("approvals", 0.3),
    "withdraw": ("withdrawals", 0.6),
}


@dataclass
class Story:
    """All that was drawn of one request."""

    rng: Random
    theme: Theme
    prose: Prose
    tale: Tale
    subject: str
    message: str
    answers: dict[str, Any] = field(default_factory=dict)
    absences: dict[str, Any] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)
    ticket: Ticket = field(init=False)

    def __post_init__(self) -> None:
        form, filing = self.theme.form, self.tale.acts[0]
        self.files = joined_files(self.rng, form, filing.at)
        self.answers = answers_to(form, self.theme.lists, self.prose)
        self.absences = absences_of(form, {file.piece for file in self.files}, self.rng)
        self.ticket = self._ticket()

    def _ticket(self) -> Ticket:
        category, tale = self.theme.category, self.tale
        filed_at = tale.acts[0].at
        return Ticket(
            year=filed_at.astimezone(PARIS).year,
            subject=self.subject,
            status=tale.status,
            requester=tale.acts[0].actor,
            category=category,
            service_id=category.service_id,
            assignee=tale.assignee,
            priority=category.default_priority,
            outcome=tale.outcome,
            is_sve=category.is_sve,
            silence_rule=category.silence_rule,
            silence_months=category.silence_months,
            start_event=category.start_event,
            form_version=self.theme.version,
            is_incomplete=bool(self.absences),
            terms_version=TERMS_VERSION,
            submitted_at=filed_at,
            updated_at=tale.acts[-1].at,
            closed_at=tale.closed_at,
            ended_at=tale.ended_at,
            event_count=len(tale.acts),
            last_speaker=tale.last_speaker,
            reacted_at=tale.reacted_at,
        )


@dataclass
class Rows:
    """The rows of many requests, by table, in the order they must be written."""

    answers: list[TicketAnswers] = field(default_factory=list)
    events: list[TicketEvent] = field(default_factory=list)
    messages: list[TicketMessage] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    documents: list[SearchDocument] = field(default_factory=list)
    mails: list = field(default_factory=list)

    def add(self, story: Story) -> None:
        """Add what hangs from the request of `story`, which is written already."""
        ticket = story.ticket
        self.answers.append(TicketAnswers(ticket=ticket, values=story.answers, absences=story.absences))
        shared, whole = [], []
        for rank, act in enumerate(story.tale.acts, start=1):
            words = self._event(story, rank, act)
            whole += words
            shared += [] if act.is_internal else words
        self.documents += [_document(ticket, False, shared), _document(ticket, True, whole)]

    def _event(self, story: Story, rank: int, act: Act) -> list[str]:
        """Add one event with its words, files and mails; return what may be searched for."""
        text = story.message if rank == 1 else _said(story, act)
        event = TicketEvent(
            ticket=story.ticket,
            sequence=rank,
            kind=act.move,
            actor=act.actor,
            at=act.at,
            is_internal=act.is_internal,
            before=act.before,
            after=act.after,
            key=uuid.UUID(int=story.rng.getrandbits(128), version=4) if act.actor else None,
        )
        self.events.append(event)
        if text:
            self.messages.append(TicketMessage(event=event, text=text))
        files = story.files if rank == 1 else _later_files(story, act)
        for file in files:
            file.ticket, file.event, file.owner = story.ticket, event, cast(User, act.actor)
        self.files += files
        self.mails += mails_of(story.ticket, event, text, theme=story.theme, rng=story.rng)
        return _searchable(story, rank, text, files)


def _said(story: Story, act: Act) -> str:
    name, share = _SAYS.get(act.move, ("", 0.0))
    return story.prose.say(name) if name and story.rng.random() < share else ""


def _later_files(story: Story, act: Act) -> list[Attachment]:
    if act.move not in ("answer", "close") or story.rng.random() > 0.25:
        return []
    return joined_files(story.rng, None, act.at)


def _searchable(story: Story, rank: int, text: str, files: list[Attachment]) -> list[str]:
    # In the order of tickets.search.indexing: subject, words, names of files, answers.
    words = [text, *(file.name for file in files)]
    if rank == 1:
        words = [story.subject, *words, *searchable_words(story.theme.form, story.answers)]
    return all_words("\n".join(words))


def _document(ticket: Ticket, is_internal: bool, words: list[str]) -> SearchDocument:
    return SearchDocument(ticket=ticket, is_internal=is_internal, text=" ".join(words)[:MAX_LENGTH])
