"""Let the author of a file take it back before anybody else opened it; the trace stays, the content goes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from tickets.files.preview import forget_drawings
from tickets.lifecycle.refusals import FileOpenedError, MissingInputError, NotAllowedError
from tickets.models import Attachment, DraftFile, Ticket, Verdict
from tickets.search.indexing import index_again
from tickets.services.given import Given

WITHDRAW: Final = "withdraw_file"
# What the file is called from then on: a name may tell as much as a content. Its type is kept.
_NAME: Final = "fichier-retire"
_CLOSED: Final = (Verdict.PENDING, Verdict.INFECTED)  # nobody but who sent them opens those


def note_opening(file: Attachment, reader: User) -> bool:
    """Remember that `reader` is about to be given `file`, unless she sent it; one query, the first time.

    Returns False when its author withdrew it since it was read: there is nothing to give any more.
    """
    if file.owner_id == reader.pk or file.opened_at is not None:
        return True
    there = Attachment.objects.filter(pk=file.pk, withdrawn_at=None)
    return bool(there.update(opened_at=Coalesce(F("opened_at"), timezone.now())))


def note_openings(ticket: Ticket, reader: User) -> None:
    """Remember that `reader` is about to be given all the files of `ticket` she may open.

    Read them afterwards: those that are still there cannot be withdrawn any more.
    """
    files = Attachment.objects.visible_to(reader).filter(ticket=ticket, opened_at=None, withdrawn_at=None)
    files.exclude(owner=reader).exclude(verdict__in=_CLOSED).update(opened_at=timezone.now())


def withdraw(name: str, ticket: Ticket, actor: User | None, given: Given, now: datetime) -> dict[str, Any]:
    """Take the file given out of the locked `ticket`, when `name` is the move that does.

    Returns what the event keeps: which file, never its name. Raises MissingInputError, NotAllowedError for
    the file of somebody else, FileOpenedError.
    """
    if name != WITHDRAW:
        return {}
    file = given.file
    if file is None or actor is None:
        raise MissingInputError
    if file.ticket_id != ticket.pk or file.owner_id != actor.pk:
        raise NotAllowedError
    content = str(file.content.name)
    held = Attachment.objects.filter(pk=file.pk, opened_at=None, withdrawn_at=None)
    suffix = PurePosixPath(file.name).suffix
    # In one statement: whoever opens it at the same time comes before, or finds nothing.
    if not held.update(withdrawn_at=now, name=f"{_NAME}{suffix}", content="", finding=""):
        raise FileOpenedError
    _erase_after_commit(file, content)
    index_again(ticket)
    return {"file": str(file.uuid), "sha256": file.sha256, "size": file.size}


def _erase_after_commit(file: Attachment, content: str) -> None:
    is_shared = any(model.objects.filter(content=content).exists() for model in (Attachment, DraftFile))
    storage = file.content.storage
    transaction.on_commit(_eraser(storage, "" if is_shared else content, file), robust=True)


def _eraser(storage: Storage, content: str, file: Attachment) -> Callable[[], None]:
    # A plain function: when a robust hook fails, Django logs its name, which a partial has not.
    def erase() -> None:
        if content:
            storage.delete(content)
        forget_drawings(storage, file)

    return erase
