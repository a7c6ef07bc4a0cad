"""Who may do what, and when: every move × every status × every kind of person, written by hand.

In a cell: `-` not allowed · `!` allowed, but not from this status · `.` done, status kept · else the new
status: S submitted, P in progress, W waiting, C closed, A approved, R refused, X cancelled.
"""

import pytest
from django.db import transaction
from django.utils import timezone

from categories.enums import RoleKind
from categories.roles import grant_role, revoke_role
from tests.factories import file_ticket, handler_on, move
from tickets.lifecycle.enums import FINAL, Status
from tickets.lifecycle.refusals import NotAllowedError, WrongStatusError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket

#                requester stranger observer handler assignee manager elsewhere administrator former system
NOBODY = """
submitted        -         -        -        -       -        -       -         -             -      -
in_progress      -         -        -        -       -        -       -         -             -      -
waiting          -         -        -        -       -        -       -         -             -      -
postponed        -         -        -        -       -        -       -         -             -      -
closed           -         -        -        -       -        -       -         -             -      -
approved         -         -        -        -       -        -       -         -             -      -
expired          -         -        -        -       -        -       -         -             -      -
refused          -         -        -        -       -        -       -         -             -      -
cancelled        -         -        -        -       -        -       -         -             -      -
transmitted      -         -        -        -       -        -       -         -             -      -
merged           -         -        -        -       -        -       -         -             -      -
"""

HANDLERS_WHILE_OPEN = """
submitted        -         -        -        P       P        P       -         -             -      P
in_progress      -         -        -        .       .        .       -         -             -      .
waiting          -         -        -        .       .        .       -         -             -      .
postponed        -         -        -        .       .        .       -         -             -      .
closed           -         -        -        !       !        !       -         -             -      !
approved         -         -        -        !       !        !       -         -             -      !
expired          -         -        -        !       !        !       -         -             -      !
refused          -         -        -        !       !        !       -         -             -      !
cancelled        -         -        -        !       !        !       -         -             -      !
transmitted      -         -        -        !       !        !       -         -             -      !
merged           -         -        -        !       !        !       -         -             -      !
"""

# Whoever is in charge has nothing to take.
COLLEAGUES_WHILE_OPEN = """
submitted        -         -        -        P       P        P       -         -             -      -
in_progress      -         -        -        .       -        .       -         -             -      -
waiting          -         -        -        .       -        .       -         -             -      -
postponed        -         -        -        .       -        .       -         -             -      -
closed           -         -        -        !       -        !       -         -             -      -
approved         -         -        -        !       -        !       -         -             -      -
expired          -         -        -        !       -        !       -         -             -      -
refused          -         -        -        !       -        !       -         -             -      -
cancelled        -         -        -        !       -        !       -         -             -      -
transmitted      -         -        -        !       -        !       -         -             -      -
merged           -         -        -        !       -        !       -         -             -      -
"""

TABLE = {
    "submit": NOBODY,  # filing is another door: tickets/services/filing.py
    "take": COLLEAGUES_WHILE_OPEN,
    "assign": HANDLERS_WHILE_OPEN,
    # requester stranger observer handler assignee manager elsewhere administrator former system
    "release": """
submitted        -         -        -        -       -        !       -         -             -      -
in_progress      -         -        -        -       S        S       -         -             -      -
waiting          -         -        -        -       S        S       -         -             -      -
postponed        -         -        -        -       S        S       -         -             -      -
closed           -         -        -        -       !        !       -         -             -      -
approved         -         -        -        -       !        !       -         -             -      -
expired          -         -        -        -       !        !       -         -             -      -
refused          -         -        -        -       !        !       -         -             -      -
cancelled        -         -        -        -       !        !       -         -             -      -
transmitted      -         -        -        -       !        !       -         -             -      -
merged           -         -        -        -       !        !       -         -             -      -
""",
    "ask": """
submitted        -         -        -        -       -        -       -         -             -      -
in_progress      -         -        -        -       W        -       -         -             -      -
waiting          -         -        -        -       .        -       -         -             -      -
postponed        -         -        -        -       W        -       -         -             -      -
closed           -         -        -        -       !        -       -         -             -      -
approved         -         -        -        -       !        -       -         -             -      -
expired          -         -        -        -       !        -       -         -             -      -
refused          -         -        -        -       !        -       -         -             -      -
cancelled        -         -        -        -       !        -       -         -             -      -
transmitted      -         -        -        -       !        -       -         -             -      -
merged           -         -        -        -       !        -       -         -             -      -
""",
    "answer": """
submitted        !         -        -        -       -        -       -         -             -      -
in_progress      !         -        -        -       -        -       -         -             -      -
waiting          P         -        -        -       -        -       -         -             -      -
postponed        !         -        -        -       -        -       -         -             -      -
closed           !         -        -        -       -        -       -         -             -      -
approved         !         -        -        -       -        -       -         -             -      -
expired          !         -        -        -       -        -       -         -             -      -
refused          !         -        -        -       -        -       -         -             -      -
cancelled        !         -        -        -       -        -       -         -             -      -
transmitted      !         -        -        -       -        -       -         -             -      -
merged           !         -        -        -       -        -       -         -             -      -
""",
    "comment": """
submitted        .         -        -        .       .        .       -         -             -      -
in_progress      .         -        -        .       .        .       -         -             -      -
waiting          .         -        -        .       .        .       -         -             -      -
postponed        .         -        -        .       .        .       -         -             -      -
closed           .         -        -        .       .        .       -         -             -      -
approved         .         -        -        .       .        .       -         -             -      -
expired          .         -        -        .       .        .       -         -             -      -
refused          .         -        -        .       .        .       -         -             -      -
cancelled        .         -        -        .       .        .       -         -             -      -
transmitted      .         -        -        .       .        .       -         -             -      -
merged           .         -        -        .       .        .       -         -             -      -
""",
    "note": """
submitted        -         -        -        .       .        .       -         -             -      -
in_progress      -         -        -        .       .        .       -         -             -      -
waiting          -         -        -        .       .        .       -         -             -      -
postponed        -         -        -        .       .        .       -         -             -      -
closed           -         -        -        .       .        .       -         -             -      -
approved         -         -        -        .       .        .       -         -             -      -
expired          -         -        -        .       .        .       -         -             -      -
refused          -         -        -        .       .        .       -         -             -      -
cancelled        -         -        -        .       .        .       -         -             -      -
transmitted      -         -        -        .       .        .       -         -             -      -
merged           -         -        -        .       .        .       -         -             -      -
""",
    "close": """
submitted        -         -        -        -       -        -       -         -             -      -
in_progress      -         -        -        -       C        -       -         -             -      -
waiting          -         -        -        -       C        -       -         -             -      -
postponed        -         -        -        -       C        -       -         -             -      -
closed           -         -        -        -       !        -       -         -             -      -
approved         -         -        -        -       !        -       -         -             -      -
expired          -         -        -        -       !        -       -         -             -      -
refused          -         -        -        -       !        -       -         -             -      -
cancelled        -         -        -        -       !        -       -         -             -      -
transmitted      -         -        -        -       !        -       -         -             -      -
merged           -         -        -        -       !        -       -         -             -      -
""",
    # requester stranger observer handler assignee manager elsewhere administrator former system
    "refuse": """
submitted        -         -        -        -       -        -       -         -             -      -
in_progress      -         -        -        -       R        -       -         -             -      -
waiting          -         -        -        -       R        -       -         -             -      -
postponed        -         -        -        -       R        -       -         -             -      -
closed           -         -        -        -       !        -       -         -             -      -
approved         -         -        -        -       !        -       -         -             -      -
expired          -         -        -        -       !        -       -         -             -      -
refused          -         -        -        -       !        -       -         -             -      -
cancelled        -         -        -        -       !        -       -         -             -      -
transmitted      -         -        -        -       !        -       -         -             -      -
merged           -         -        -        -       !        -       -         -             -      -
""",
    "approve": """
submitted        !         -        -        -       -        -       -         -             -      -
in_progress      !         -        -        -       -        -       -         -             -      -
waiting          !         -        -        -       -        -       -         -             -      -
postponed        !         -        -        -       -        -       -         -             -      -
closed           A         -        -        -       -        -       -         -             -      -
approved         !         -        -        -       -        -       -         -             -      -
expired          !         -        -        -       -        -       -         -             -      -
refused          !         -        -        -       -        -       -         -             -      -
cancelled        !         -        -        -       -        -       -         -             -      -
transmitted      !         -        -        -       -        -       -         -             -      -
merged           !         -        -        -       -        -       -         -             -      -
""",
    "contest": """
submitted        !         -        -        -       -        -       -         -             -      -
in_progress      !         -        -        -       -        -       -         -             -      -
waiting          !         -        -        -       -        -       -         -             -      -
postponed        !         -        -        -       -        -       -         -             -      -
closed           P         -        -        -       -        -       -         -             -      -
approved         !         -        -        -       -        -       -         -             -      -
expired          !         -        -        -       -        -       -         -             -      -
refused          !         -        -        -       -        -       -         -             -      -
cancelled        !         -        -        -       -        -       -         -             -      -
transmitted      !         -        -        -       -        -       -         -             -      -
merged           !         -        -        -       -        -       -         -             -      -
""",
    "withdraw": """
submitted        X         -        -        -       -        -       -         -             -      -
in_progress      X         -        -        -       -        -       -         -             -      -
waiting          X         -        -        -       -        -       -         -             -      -
postponed        X         -        -        -       -        -       -         -             -      -
closed           !         -        -        -       -        -       -         -             -      -
approved         !         -        -        -       -        -       -         -             -      -
expired          !         -        -        -       -        -       -         -             -      -
refused          !         -        -        -       -        -       -         -             -      -
cancelled        !         -        -        -       -        -       -         -             -      -
transmitted      !         -        -        -       -        -       -         -             -      -
merged           !         -        -        -       -        -       -         -             -      -
""",
}

LETTERS = {
    Status.SUBMITTED: "S",
    Status.IN_PROGRESS: "P",
    Status.WAITING: "W",
    Status.CLOSED: "C",
    Status.APPROVED: "A",
    Status.REFUSED: "R",
    Status.CANCELLED: "X",
}


def rows(text):
    """Return the cells of a grid: status → list of ten cells."""
    lines = [line.split() for line in text.strip().splitlines()]
    return {line[0]: line[1:] for line in lines}


def force(ticket, status, assignee):
    """Put a request in any status, those of later moves included, with what constraints want."""
    Ticket.objects.filter(pk=ticket.pk).update(
        status=status,
        assignee=None if status == Status.SUBMITTED else assignee,
        closed_at=timezone.now() if status == Status.CLOSED else None,
        ended_at=timezone.now() if status in FINAL else None,
    )


def cell(ticket, name, person, colleague):
    """Try a move, take it back, and return its cell."""
    before = Ticket.objects.get(pk=ticket.pk).status
    given = {"assignee": colleague} if name == "assign" else {}
    savepoint = transaction.savepoint()
    try:
        after = move(ticket, name, person, **given).status
    except NotAllowedError:
        return "-"
    except WrongStatusError:
        return "!"
    finally:
        transaction.savepoint_rollback(savepoint)
    return "." if after == before else LETTERS[after]


def grid(name, ticket, people, assignees, colleague):
    """Return what really happens, in the shape of the table."""
    found = {}
    for status in Status:
        cells = []
        for person, assignee in zip(people, assignees, strict=True):
            force(ticket, status, assignee)
            cells.append(cell(ticket, name, person, colleague))
        found[str(status)] = cells
    return found


def test_table_covers_every_move_and_every_status():
    assert list(TABLE) == list(TRANSITIONS)
    assert {name: list(rows(text)) for name, text in TABLE.items()} == dict.fromkeys(
        TRANSITIONS, Status.values
    )


@pytest.fixture
def gone(studies):
    """Somebody who was in charge, and whose role was taken back."""
    person = handler_on(studies, RoleKind.MANAGER)
    revoke_role(person.roles.get())
    return person


@pytest.mark.parametrize("name", TABLE)
def test_move(name, lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, transcripts):
    people = [lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, None]
    in_charge = [claire] * 8 + [gone, claire]
    ticket = file_ticket(lea, transcripts)

    assert grid(name, ticket, people, in_charge, colette) == rows(TABLE[name])


@pytest.mark.parametrize("name", TABLE)
def test_manager_who_files_is_a_requester_like_any_other(name, transcripts, claire, colette, mathilde):
    own = file_ticket(mathilde, transcripts)
    of_requesters = {status: [cells[0]] for status, cells in rows(TABLE[name]).items()}

    assert grid(name, own, [mathilde], [claire], colette) == of_requesters


@pytest.mark.parametrize("name", TABLE)
def test_former_assignee_with_a_role_elsewhere_has_nothing_left_here(
    name, lea, gone, finances, refunds, transcripts, colette
):
    grant_role(gone, finances, RoleKind.MANAGER)
    ticket = file_ticket(lea, transcripts)
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, ticket, [gone], [gone], colette) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_inactive_handler_has_nothing_left(name, lea, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    claire.is_active = False
    claire.save(update_fields=["is_active"])
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, ticket, [claire], [claire], colette) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_confidential_theme_stops_the_roles_given_above(
    name, lea, alert, oscar, colette, claire, mathilde, adam
):
    ticket = file_ticket(lea, alert)
    people = [oscar, colette, claire, mathilde, adam]
    nothing = {status: ["-"] * 5 for status in Status.values}

    assert grid(name, ticket, people, [claire] * 5, colette) == nothing
