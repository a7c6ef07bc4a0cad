"""What a person gives with a move."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from accounts.models import User
from categories.models import Category, FaqEntry
from tickets.models import Attachment, Participant, RequiredItem, Ticket, TicketLink


@dataclass(frozen=True)
class Given:
    """What a person gave with a move. `key` makes a replay harmless and names the draft of files.

    `minutes` is the time spent; `is_sure` that she was asked again about words that say the contrary; `seen`
    how many events she had read, when what others did since must stop her (whoever takes is always asked);
    `hold` how long what she sends may be taken back; `sequence` the rank of the answer she takes back, or of
    the mail she counts as an answer.
    `items` are those a text requires, `supplied` those that come with the words, `gives_up` that the others
    never will. `by_mail` says that the words came by mail, not from a page; `refusal` is
    what a server answered for good to a mail.
    """

    message: str = ""
    assignee: User | None = None
    outcome: str = ""
    recall_on: date | None = None
    satisfaction: int | None = None
    is_sure: bool = False
    category: Category | None = None
    administration: str = ""
    contact: str = ""
    other: Ticket | None = None
    subject: str = ""
    priority: int | None = None
    minutes: int | None = None
    seen: int | None = None
    email: str = ""
    guest: Participant | None = None
    person: User | None = None
    items: tuple[str, ...] = ()
    legal_basis: str = ""
    deadline: date | None = None
    is_indispensable: bool | None = None
    supplied: tuple[RequiredItem, ...] = ()
    gives_up: bool = False
    file: Attachment | None = None
    hold: timedelta | None = None
    sequence: int | None = None
    linked: Ticket | None = None
    entry: FaqEntry | None = None
    link: TicketLink | None = None
    question: str = ""
    solution: str = ""
    by_mail: bool = False
    refusal: str = ""
    key: UUID | None = None
