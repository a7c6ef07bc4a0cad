"""Answers taken back before they leave, and those that have left."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from accounts.models import User
from tickets.lifecycle.effects import held_answer
from tickets.lifecycle.refusals import AlreadyGoneError
from tickets.lifecycle.transitions import TAKE_BACK
from tickets.models import Attachment, Draft, DraftFile, HeldAnswer, Ticket, TicketEvent
from tickets.search.indexing import index_released
from tickets.services.drafts import keep_draft
from tickets.services.given import Given
from tickets.services.remembering import forget_answer

_KEPT: Final = (
    *("uuid", "name", "size", "content_type", "sha256", "received_sha256", "piece", "keeps_metadata"),
    *("verdict", "checked_at", "finding", "check_after", "created_at"),
)
_BATCH: Final = 500


def draft_key_of(key: UUID) -> UUID:
    """Return the key of the draft that holds what the click `key` took back."""
    return uuid5(key, "taken back")


def taken_back(name: str, ticket: Ticket, actor: User | None, given: Given, now: datetime) -> dict[str, Any]:
    """If `name` takes an answer of the locked `ticket` back, put its words and files in a draft of `actor`.

    Returns what the event keeps of it: the rank of the answer, the names of its files. `tickets.lifecycle`
    has said already that it is hers and has not left. Raises AlreadyGoneError.
    """
    if name != TAKE_BACK or actor is None:
        return {}
    answer = held_answer(ticket, given.sequence, now)
    if answer is None:
        raise AlreadyGoneError
    HeldAnswer.objects.filter(pk=answer.hold.pk).update(taken_back_at=now)
    forget_answer(ticket)
    key = draft_key_of(given.key or uuid4())
    draft = keep_draft(key, owner=actor, ticket=ticket, move=answer.kind, values={"message": answer.words})
    return {"taken_back": answer.sequence, "files": _give_back(answer, draft)}


def _give_back(answer: TicketEvent, draft: Draft) -> list[str]:
    """Make the files of `answer` those of `draft`; the stored contents stay where they are."""
    files = list(answer.attachments.all())
    DraftFile.objects.bulk_create(_as_draft_file(file, draft) for file in files)
    answer.attachments.all().delete()
    return [file.name for file in files]


def _as_draft_file(file: Attachment, draft: Draft) -> DraftFile:
    facts = {name: getattr(file, name) for name in _KEPT}
    return DraftFile(draft=draft, content=str(file.content.name), **facts)


def release_answers(now: datetime) -> int:
    """Let searches find the answers that have left at `now`, and forget that they waited; return how many.

    What readers see does not wait for this: they read by the instant alone. Safe to run twice or late.
    """
    waiting = HeldAnswer.objects.to_release(now).values_list("pk", "event__ticket")
    return sum(_release(pk, ticket_pk, now) for pk, ticket_pk in list(waiting[:_BATCH]))


@transaction.atomic
def _release(pk: int, ticket_pk: int, now: datetime) -> bool:
    # Like all that is written about a request: one after the other, under its lock.
    Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket_pk)
    held = HeldAnswer.objects.to_release(now).select_related("event__message").filter(pk=pk).first()
    if held is None:
        return False
    index_released(held.event, held.event.attachments.all())
    held.delete()
    return True
