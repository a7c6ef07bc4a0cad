"""What came by mail while a request waits: shown to staff, counted as an answer by one click."""

from dataclasses import replace

from tickets import typing_keys
from tickets.admin.actions import move_url
from tickets.admin.moving import StaffMovePage
from tickets.admin.taking_back import RANK
from tickets.forms.moves import MoveForm
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import COUNT_ANSWER


class CountAnswerPage(StaffMovePage):
    """One click, and which of the items due it brought when a text requires some."""

    def supplier(self):
        """Return the reader: she says what the mail brought."""
        return self.request.user

    def given(self, form, key):
        """Say which mail."""
        rank = self.request.POST.get(RANK, "")
        sequence = int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 10 else None
        return replace(super().given(form, key), sequence=sequence)


def answer_by_mail(ticket, user, moves, entries):
    """Return the latest mail that may be the answer awaited, with its form if `user` may count it; or None.

    One query, none when the request does not wait.
    """
    if ticket.status != Status.WAITING:
        return None
    came = ticket.events.answers_by_mail(ticket).order_by("-sequence")
    rank = came.values_list("sequence", flat=True).first()
    entry = next((one for one in entries if one.sequence == rank), None)
    if entry is None:
        return None
    move = next((one for one in moves if one.name == COUNT_ANSWER), None)
    return {"entry": entry, "move": move} | (_form(ticket, move, user) if move else {})


def _form(ticket, move, user):
    return {
        "url": move_url(ticket, move),
        "key": typing_keys.sign(typing_keys.new_key(), user),
        "form": MoveForm(move=move, ticket=ticket, supplier=user, auto_id="count-%s"),
    }
