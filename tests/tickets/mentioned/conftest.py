"""A dozen requests in every situation, and everybody who may or may not read them."""

import pytest
from django.utils import timezone

from categories.enums import RoleKind
from tests.factories import PersonFactory, file_ticket, handler_on, invite, move, move_draft, pdf, ticket_in
from tickets.models import Ticket, Visit


@pytest.fixture
def guardian(alert):
    """The manager of the confidential theme."""
    return handler_on(alert, RoleKind.MANAGER)


@pytest.fixture
def curious(adam):
    """An administrator who said why she must read one confidential request."""
    return PersonFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def requests(
    lea,
    marc,
    ines,
    claire,
    colette,
    mathilde,
    bruno,
    guardian,
    curious,
    transcripts,
    refunds,
    alert,
    settings,
):
    """Return every request: its own subject, the word « cigale », a shared file, an internal one."""
    settings.ACTS_PER_HOUR = 1_000_000

    def make(requester, theme, handler):
        rank = Ticket.objects.count() + 1
        words = {"subject": f"Objet{rank:03}x cigale", "message": "Bonjour.", "files": [pdf(f"f{rank}.pdf")]}
        ticket = file_ticket(requester, theme, **words)
        note = move_draft(ticket, "note", handler, files=[pdf(f"interne{rank}.pdf")])
        move(ticket, "note", handler, message="Entre nous.", key=note.key)
        return ticket

    plain = [make(lea, transcripts, claire) for _each in range(4)]
    for ticket, steps in zip(plain[1:], (("take",), ("take", "ask"), ("take", "close")), strict=True):
        for name in steps:
            move(ticket, name, claire)
    secrets = [make(lea, alert, guardian), make(marc, alert, guardian)]
    move(secrets[1], "admin_access", curious)
    foreign = make(lea, refunds, bruno)
    make(marc, refunds, bruno)
    # Joined by somebody who handles both: their other readers see one of the two.
    both = handler_on(transcripts, RoleKind.MANAGER)
    for theme in (refunds, alert):
        both.roles.create(category=theme, kind=RoleKind.HANDLER)
    joined = make(lea, transcripts, claire)
    invite(joined, marc)
    invite(joined, "quelqu.un@example.org")
    move(joined, "merge", both, other=foreign)
    told_secret = make(lea, transcripts, claire)
    move(told_secret, "merge", both, other=secrets[0])
    # Somebody else's now; her own, as a member of staff; gone to a confidential theme with its guest.
    given = make(ines, transcripts, claire)
    move(given, "change_requester", mathilde, person=lea)
    own = make(claire, transcripts, colette)
    gone = make(lea, transcripts, claire)
    invite(gone, marc)
    move(gone, "move", claire, category=alert)
    ticket_in("approved", requester=marc, category=transcripts, handler=claire)
    assert own.requester == claire
    return list(Ticket.objects.order_by("pk"))


def visit_everything(person, tickets):
    """Have `person` opened and bookmarked each request, when she could see it."""
    now = timezone.now()
    Visit.objects.bulk_create(
        [Visit(person=person, ticket=ticket, at=now, bookmarked_at=now) for ticket in tickets]
    )
