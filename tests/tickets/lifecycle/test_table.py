"""The table of moves does what tests/tickets/lifecycle/table.txt says, cell by cell."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from categories.enums import RoleKind
from categories.models import Category, FaqEntry
from categories.roles import grant_role, revoke_role
from tests.factories import file_ticket, handler_on, invite, move, question
from tickets.lifecycle.enums import FINAL, Abuse, Status
from tickets.lifecycle.refusals import NotAllowedError, WrongStatusError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Participant, Ticket, TicketLink

LETTERS = {
    Status.SUBMITTED: "S",
    Status.IN_PROGRESS: "P",
    Status.WAITING: "W",
    Status.POSTPONED: "D",
    Status.CLOSED: "C",
    Status.APPROVED: "A",
    Status.EXPIRED: "E",
    Status.REFUSED: "R",
    Status.CANCELLED: "X",
    Status.TRANSMITTED: "T",
    Status.MERGED: "M",
}


def read_table(text):
    """Return move → status → list of ten cells."""
    table, names = {}, []
    for line in text.splitlines():
        if line.startswith("["):
            names = line.strip("[]").split()
        elif line and not line.startswith("#"):
            status, *cells = line.split()
            for name in names:
                table.setdefault(name, {})[status] = cells
    return table


TABLE = read_table(Path(__file__).with_name("table.txt").read_text(encoding="utf-8"))


@dataclass
class Scene:
    """A request, with what its moves may need: a colleague, another request of hers, another theme."""

    ticket: Ticket
    colleague: User
    other: Ticket
    theme: Category
    guest: Participant
    entry: FaqEntry
    linked_entry: FaqEntry

    def propose(self, is_pending):
        """Put a proposal of a solution there, or take it away."""
        self.ticket.solutions.all().delete()
        if is_pending:
            words = {"question": "Et ensuite\u00a0?", "answer": "Rien."}
            self.ticket.solutions.create(proposed_by=self.colleague, **words)

    def force(self, name, status, assignee):
        """Put the request in any status, with what constraints want and the guard of `name` waits for."""
        today = timezone.localdate()
        self.propose(name in ("accept_solution", "decline_solution"))
        Ticket.objects.filter(pk=self.ticket.pk).update(
            status=status,
            assignee=None if status == Status.SUBMITTED else assignee,
            closed_at=timezone.now() if status == Status.CLOSED else None,
            ended_at=timezone.now() if status in FINAL else None,
            recall_on=today if status == Status.POSTPONED else None,
            approve_by=today + timedelta(days=3 if name == "remind" else -1),
            merged_into=self.other if status == Status.MERGED else None,
            abuse=Abuse.REPORTED if name in ("confirm_abuse", "clear_abuse") else "",
            sender=self.colleague,
            sender_category=self.theme,
        )

    def link(self):
        """Return a link made before, kept with the rest of the stage."""
        link, _new = TicketLink.objects.get_or_create(
            ticket=self.ticket, entry=self.linked_entry, defaults={"by": self.colleague}
        )
        return link

    def given(self, name):
        """Return what `name` needs here."""
        needs = {
            "assign": {"assignee": self.colleague},
            "move": {"category": self.theme},
            "merge": {"other": self.other},
            "change_requester": {"person": self.colleague},
            "link": {"linked": self.other},
            "show_entry": {"entry": self.entry},
            "unlink": {"link": self.link()},
            "uninvite": {"guest": self.guest},
            "postpone": {"recall_on": timezone.localdate() + timedelta(days=7)},
        }
        return needs.get(name, {})


@pytest.fixture
def scene_of(late_enrolment):
    """Return a function that sets the stage around a request."""

    def make(ticket, colleague):
        other = file_ticket(ticket.requester, ticket.category)
        guest = invite(ticket, "personne.invitee@example.org")
        entry, linked_entry = question("Première\u00a0?"), question("Seconde\u00a0?")
        return Scene(ticket, colleague, other, late_enrolment, guest, entry, linked_entry)

    return make


def cell(scene, name, person):
    """Try a move, take it back, and return its cell."""
    before = Ticket.objects.get(pk=scene.ticket.pk).status
    savepoint = transaction.savepoint()
    try:
        after = move(scene.ticket, name, person, **scene.given(name)).status
    except NotAllowedError:
        return "-"
    except WrongStatusError:
        return "!"
    finally:
        transaction.savepoint_rollback(savepoint)
    return "." if after == before else LETTERS[after]


def grid(name, scene, people, assignees):
    """Return what really happens, in the shape of the table."""
    found = {}
    for status in Status:
        cells = []
        for person, assignee in zip(people, assignees, strict=True):
            scene.force(name, status, assignee)
            cells.append(cell(scene, name, person))
        found[str(status)] = cells
    return found


def test_table_covers_every_move_and_every_status():
    assert {name: list(grid) for name, grid in TABLE.items()} == dict.fromkeys(TRANSITIONS, Status.values)


@pytest.fixture
def gone(studies):
    """Somebody who was in charge, and whose role was taken back."""
    person = handler_on(studies, RoleKind.MANAGER)
    revoke_role(person.roles.get())
    return person


@pytest.mark.parametrize("name", TABLE)
def test_move(name, scene_of, lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, transcripts):
    people = [lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, None]
    in_charge = [claire] * 8 + [gone, claire]
    ticket = file_ticket(lea, transcripts)

    assert grid(name, scene_of(ticket, colette), people, in_charge) == TABLE[name]


@pytest.mark.parametrize("name", TABLE)
def test_manager_who_files_is_a_requester_like_any_other(
    name, scene_of, transcripts, claire, colette, mathilde
):
    own = file_ticket(mathilde, transcripts)
    of_requesters = {status: [cells[0]] for status, cells in TABLE[name].items()}

    assert grid(name, scene_of(own, colette), [mathilde], [claire]) == of_requesters


@pytest.mark.parametrize("name", TABLE)
def test_former_assignee_with_a_role_elsewhere_has_nothing_left_here(
    name, scene_of, lea, gone, finances, refunds, transcripts, colette
):
    grant_role(gone, finances, RoleKind.MANAGER)
    ticket = file_ticket(lea, transcripts)
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), [gone], [gone]) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_inactive_handler_has_nothing_left(name, scene_of, lea, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    claire.is_active = False
    claire.save(update_fields=["is_active"])
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), [claire], [claire]) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_confidential_theme_stops_the_roles_given_above(
    name, scene_of, lea, alert, oscar, colette, claire, mathilde, adam
):
    ticket = file_ticket(lea, alert)
    people = [oscar, colette, claire, mathilde, adam]
    # An administrator may say why she must read it: tests/tickets/test_admin_access.py.
    administrator = "." if name == "admin_access" else "-"
    nothing = {status: [*"----", administrator] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), people, [claire] * 5) == nothing


# What the person invited may do as the requester does; « leave » is hers alone, the rest is not.
AS_REQUESTER = ("answer", "comment")


def cells_of_participant(name):
    if name in AS_REQUESTER:
        return {status: [cells[0]] for status, cells in TABLE[name].items()}
    return {status: ["." if name == "leave" else "-"] for status in Status.values}


@pytest.mark.parametrize("name", TABLE)
def test_participant(name, scene_of, lea, marc, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    invite(ticket, marc)

    assert grid(name, scene_of(ticket, colette), [marc], [claire]) == cells_of_participant(name)


@pytest.mark.parametrize("name", TABLE)
def test_participant_removed_has_nothing_left(name, scene_of, lea, marc, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    move(ticket, "uninvite", lea, guest=invite(ticket, marc))
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), [marc], [claire]) == nothing
