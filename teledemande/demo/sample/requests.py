"""Play the scenarios through the real services. Each is played whole or not at all, and once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from notifications.models import MailState, OutgoingEmail
from teledemande.demo.sample.dates import instants, with_dates
from teledemande.demo.sample.reading import Scenario, Step
from teledemande.demo.sample.writing import NAMESPACE, attach, content_of, write_draft
from tickets.models import Ticket, TicketEvent
from tickets.services.drafts import keep_draft
from tickets.services.filing import open_ticket
from tickets.services.given import Given
from tickets.services.moving import apply_transition

BY_ITSELF = "tele-demande"  # who acts when nobody does
ANSWER = "Exemple de la démonstration : noté comme envoyé au chargement."


def load_requests(scenarios: list[Scenario], *, people: Mapping[str, User], today: date) -> int:
    """Play the scenarios that were not, as if the last day were `today`; return how many."""
    return sum(_play(scenario, people, today) for scenario in scenarios)


def key_of(scenario: Scenario | str, rank: int = 0) -> UUID:
    """Return the idempotence key of the filing (rank 0) or of a move of a scenario, or of its slug."""
    slug = scenario if isinstance(scenario, str) else scenario.slug
    return uuid5(NAMESPACE, f"{slug}/{rank}")


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
    written, requester = scenario.written, people[scenario.filing.by]
    draft = write_draft(written, key_of(scenario), owner=requester, at=at)
    return open_ticket(draft.key, requester=requester, content=content_of(written, draft), at=at)


def _move(ticket: Ticket, step: Step, people: Mapping[str, User], *, key: UUID, at: datetime) -> None:
    actor = None if step.by == BY_ITSELF else people[step.by]
    text = with_dates(step.text, at)
    if step.files:
        draft = keep_draft(key, owner=actor, values={"message": text}, ticket=ticket, move=step.move)
        attach(draft, step.files, at=at)
    apply_transition(ticket.pk, step.move, actor=actor, given=_given(step, text, people, key, at), at=at)


def _given(step: Step, text: str, people: Mapping[str, User], key: UUID, at: datetime) -> Given:
    day = timezone.localdate(at) + timedelta(days=step.until) if step.until else None
    return Given(
        message=text,
        assignee=people.get(step.to),
        outcome=step.outcome,
        recall_on=day,
        items=step.items,
        legal_basis=step.legal_basis,
        deadline=day,
        is_indispensable=bool(step.items),
        other=filed(step.into),
        administration=step.administration,
        contact=step.contact,
        email=step.email,
        minutes=step.minutes,
        key=key,
    )


def filed(slug: str) -> Ticket | None:
    """Return the request of the scenario `slug`, or None if it is not there."""
    event = TicketEvent.objects.filter(key=key_of(slug)).select_related("ticket").first() if slug else None
    return event.ticket if event else None


def _note_mails_as_sent(ticket: Ticket) -> None:
    # Months of mails must not leave at once when the demonstration starts.
    at = Subquery(TicketEvent.objects.filter(pk=OuterRef("event")).values("at")[:1])
    OutgoingEmail.objects.filter(ticket=ticket).update(
        state=MailState.SENT, created_at=at, due_at=at, sent_at=at, attempts=1, answer=ANSWER
    )
