"""Taking an answer back before it leaves: what the page offers, and where it leads."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from tickets import typing_keys
from tickets.admin.actions import move_url
from tickets.admin.moving import StaffMovePage
from tickets.lifecycle.holding import may_be_taken_back, seconds_left
from tickets.lifecycle.transitions import TAKE_BACK, TRANSITIONS
from tickets.models import Draft
from tickets.services.taking_back import draft_key_of
from tickets.views.moving import posted_key
from tickets.views.typing import with_draft

RANK = "rang"  # the hidden field: which answer


class TakeBackPage(StaffMovePage):
    """One click: the answer is taken back, and its words are in the form again."""

    def given(self, form, key):
        """Say which answer."""
        rank = self.request.POST.get(RANK, "")
        sequence = int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 10 else None
        return replace(super().given(form, key), sequence=sequence)

    def _done(self):
        key = draft_key_of(posted_key(self.request))
        draft = Draft.objects.filter(key=key, owner=self.request.user, ticket=self.ticket).first()
        if draft is None:  # sent again since, from another tab
            return super()._done()
        messages.success(self.request, self.move.done)
        return redirect(with_draft(move_url(self.ticket, TRANSITIONS[draft.move]), draft.key))


def answers_to_take_back(ticket, user, standing, entries):
    """Return the answers of `user` among `entries` that have not left, latest first, as the page offers them:
    rank, kind, words, key and address of the form, seconds left.

    No query.
    """
    move = TRANSITIONS[TAKE_BACK]
    if not move.who(standing):
        return []
    now = timezone.now()
    return [
        {
            "rank": entry.sequence,
            "kind": entry.kind,
            "words": entry.message,
            "key": typing_keys.sign(typing_keys.new_key(), user),
            "url": move_url(ticket, move),
            "seconds": seconds_left(entry.leaves_at, now),
        }
        for entry in reversed(entries)
        if entry.is_mine and entry.is_on_its_way and may_be_taken_back(entry.leaves_at, now)
    ]
