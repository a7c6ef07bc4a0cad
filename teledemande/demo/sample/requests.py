"""Play the scenarios through the real services. Each is played whole or not at all, and once."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from categories.models import Category
from notifications.models import MailState, OutgoingEmail
from teledemande.demo.sample.dates import instants, with_dates
from teledemande.demo.sample.reading import FILES, Scenario, Step
from tickets.models import Draft, Ticket, TicketEvent
from tickets.services.drafts import add_files, keep_draft
from tickets.services.filing import open_ticket
from tickets.services.moving import Given, apply_transition

# Keys are drawn from names, so that what was played is found again.
NAMESPACE = UUID("5f0f6f5c-3d0e-4c3b-9a55-8f6f5b3f7c11")
ANSWER = "Exemple de la démonstration : noté comme envoyé au chargement."


def load_requests(scenarios: list[Scenario], *, people: Mapping[str, User], today: date) -> int:
    """Play the scenarios that were not, as if the last day were `today`; return how many."""
    return sum(_play(scenario, people, today) for scenario in scenarios)


def key_of(scenario: Scenario, rank: int = 0) -> UUID:
    """Return the idempotence key of the filing (rank 0) or of a move of `scenario`."""
    return uuid5(NAMESPACE, f"{scenario.slug}/{rank}")


@transaction.atomic
def _play(scenario: Scenario, people: Mapping[str, User], today: date) -> bool:
    if TicketEvent.objects.filter(key=key_of(scenario)).exists():
        return False
    staff = {login for login, user in people.items() if user.is_staff}
    filed_at, *moved_at = instants(scenario, today=today, staff=staff)
    ticket = _file(scenario, people, filed_at)
    for rank, (step, at) in enumerate(zip(scenario.moves, moved_at, strict=True), start=1):
        _move(ticket, step, people, key=key_of(scenario, rank), at=at)
    _note_mails_as_sent(ticket)
    return True


def _file(scenario: Scenario, people: Mapping[str, User], at: datetime) -> Ticket:
    step = scenario.filing
    draft = keep_draft(
        key_of(scenario),
        owner=people[step.by],
        values={"subject": scenario.subject, "message": with_dates(step.text, at)},
        category=Category.objects.get(slug=scenario.theme),
    )
    _attach(draft, step, at)
    return open_ticket(draft.key, requester=draft.owner, at=at)


def _move(ticket: Ticket, step: Step, people: Mapping[str, User], *, key: UUID, at: datetime) -> None:
    actor = people[step.by]
    text = with_dates(step.text, at)
    if step.files:
        draft = keep_draft(key, owner=actor, values={"message": text}, ticket=ticket, move=step.move)
        _attach(draft, step, at)
    given = Given(message=text, assignee=people.get(step.to), outcome=step.outcome, key=key)
    apply_transition(ticket.pk, step.move, actor=actor, given=given, at=at)


def _attach(draft: Draft, step: Step, at: datetime) -> None:
    uploads = [SimpleUploadedFile(name, (FILES / name).read_bytes()) for name in step.files]
    if refusals := add_files(draft, uploads):
        raise ValueError(" ".join(refusals))
    draft.files.update(created_at=at)


def _note_mails_as_sent(ticket: Ticket) -> None:
    # Months of mails must not leave at once when the demonstration starts.
    at = Subquery(TicketEvent.objects.filter(pk=OuterRef("event")).values("at")[:1])
    OutgoingEmail.objects.filter(ticket=ticket).update(
        state=MailState.SENT, created_at=at, due_at=at, sent_at=at, attempts=1, answer=ANSWER
    )
