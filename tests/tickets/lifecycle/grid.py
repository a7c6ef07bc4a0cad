"""The hand-written table of moves, and the stage on which each of its cells is tried."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from categories.models import Category, FaqEntry
from tests.factories import file_ticket, invite, move, question
from tickets.lifecycle.enums import FINAL, Abuse, Status
from tickets.lifecycle.refusals import NotAllowedError, WrongStatusError
from tickets.models import Attachment, HeldAnswer, Participant, Ticket, TicketEvent, TicketLink

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
COLUMNS = (
    *("requester", "stranger", "observer", "handler", "assignee", "manager", "elsewhere"),
    *("administrator", "former", "system"),
)


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


def column(name, who):
    """Return the cells of the move `name` in the column `who`: status → cell."""
    return {status: cells[COLUMNS.index(who)] for status, cells in TABLE[name].items()}


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

    def force(self, name, status, assignee):
        """Put the request in any status, with what constraints want and the guard of `name` waits for."""
        today = timezone.localdate()
        Ticket.objects.filter(pk=self.ticket.pk).update(
            status=status,
            assignee=None if status == Status.SUBMITTED else assignee,
            closed_at=timezone.now() if status == Status.CLOSED else None,
            ended_at=timezone.now() if status in FINAL else None,
            recall_on=today if status == Status.POSTPONED else None,
            approve_by=today + timedelta(days=3 if name == "remind" else -1),
            merged_into=self.other if status == Status.MERGED else None,
            unreached_at=timezone.now() if name == "reach" else None,
            abuse=Abuse.REPORTED if name in ("confirm_abuse", "clear_abuse") else "",
            sender=self.colleague,
            sender_category=self.theme,
        )
        self._propose(is_pending=name in ("accept_solution", "decline_solution"))
        if name == "count_answer":
            self._have_a_mail()
        if name == "take_back":
            self._have_an_answer_on_its_way()
        if name == "remind_answer":
            self._have_asked_long_ago()

    def _propose(self, *, is_pending):
        """Put a proposal of a solution there, or take it away."""
        self.ticket.solutions.all().delete()
        if is_pending:
            words = {"question": "Et ensuite ?", "answer": "Rien."}
            self.ticket.solutions.create(proposed_by=self.colleague, **words)

    def _have_a_mail(self):
        if not self.ticket.events.answers_by_mail(self.ticket).exists():
            self._comment(self.ticket.requester, by_mail=True)

    def _have_an_answer_on_its_way(self):
        if not self.ticket.events.on_their_way(timezone.now()).exists():
            answer = self._comment(self.colleague)
            HeldAnswer.objects.create(event=answer, until=timezone.now() + timedelta(hours=1))

    def _comment(self, author, **kept):
        rank = self.ticket.events.last().sequence + 1
        Ticket.objects.filter(pk=self.ticket.pk).update(event_count=rank)
        told = {"before": {"status": ""}, "after": {"status": ""} | kept}
        return TicketEvent.objects.create(
            ticket=self.ticket, sequence=rank, kind="comment", actor=author, **told
        )

    def _have_asked_long_ago(self):
        if self.ticket.events.filter(kind="ask").exists():
            return
        sequence = self.ticket.events.order_by("sequence").last().sequence + 1
        long_ago = timezone.now() - timedelta(days=6)
        TicketEvent.objects.create(
            ticket=self.ticket, sequence=sequence, kind="ask", actor=self.colleague, at=long_ago
        )
        Ticket.objects.filter(pk=self.ticket.pk).update(event_count=sequence)

    def given(self, name, person):
        """Return what `name` needs here, when `person` makes it."""
        needs = {
            "withdraw_file": {"file": self.file_of(person)} if name == "withdraw_file" else {},
            "link": {"linked": self.other},
            "show_entry": {"entry": self.entry},
            "unlink": {"link": self.link()},
            "assign": {"assignee": self.colleague},
            "move": {"category": self.theme},
            "merge": {"other": self.other},
            "change_requester": {"person": self.colleague},
            "uninvite": {"guest": self.guest},
            "postpone": {"recall_on": timezone.localdate() + timedelta(days=7)},
        }
        return needs.get(name, {})

    def link(self):
        """Return a link made before, kept with the rest of the stage."""
        link, _new = TicketLink.objects.get_or_create(
            ticket=self.ticket, entry=self.linked_entry, defaults={"by": self.colleague}
        )
        return link

    def file_of(self, person):
        """Return a file that `person`, or the requester, has just sent."""
        return Attachment.objects.create(
            ticket=self.ticket,
            event=self.ticket.events.first(),
            owner=person or self.ticket.requester,
            content="aa/bb/contenu",
            name="piece.pdf",
            size=4,
            sha256="0" * 64,
        )


def set_scene(ticket, colleague, theme):
    """Return the Scene around `ticket`: a guest invited by its requester, another request of hers."""
    other = file_ticket(ticket.requester, ticket.category)
    guest = invite(ticket, "personne.invitee@example.org")
    entry, linked_entry = question("Première ?"), question("Seconde ?")
    return Scene(ticket, colleague, other, theme, guest, entry, linked_entry)


def cell(scene, name, person):
    """Try a move, take it back, and return its cell."""
    before = Ticket.objects.get(pk=scene.ticket.pk).status
    savepoint = transaction.savepoint()
    try:
        after = move(scene.ticket, name, person, **scene.given(name, person)).status
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
