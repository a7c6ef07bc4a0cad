"""Keep what is being typed, so that nothing of it is ever lost."""

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from categories.models import Category
from categories.questionnaire.versions import current_version, form_of, version_to_fill
from tickets.files.checking import FileRefusedError, check_file, clean_name, digest
from tickets.files.receiving import as_kept
from tickets.models import Draft, DraftFile, Ticket
from tickets.services.files import ask_for_checks, first_verdict
from tickets.services.limits import hold_sender, is_too_much_today, kept_for_request, surplus_drafts
from tickets.services.refused_files import (
    already_sent,
    log_in_first,
    not_for_piece,
    too_much_for_request,
    too_much_today,
)


class StaleDraftError(Exception):
    """Another tab, or another device, wrote in the draft meanwhile. `draft` is what it holds now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


@transaction.atomic
def keep_draft(
    key: UUID,
    *,
    values: dict[str, Any],
    owner: User | None = None,
    visitor: UUID | None = None,
    category: Category | None = None,
    ticket: Ticket | None = None,
    move: str = "",
    revision: int | None = None,
    tab: UUID | None = None,
    shown: int | None = None,
) -> Draft:
    """Write `values` (field → text, or list of texts) in the draft `key` of `owner` or `visitor`; return it.

    The draft is created if needed: that of a request takes the version of the form that was `shown` (its pk;
    by default that in force) and keeps it.
    The values of a request replace those before (a box unticked is not posted); those of a move add to them.
    `revision` is the one the form was shown with, `tab` what tells that page from another; None when it does
    not matter.

    A key that belongs to somebody else, or to another form, raises Draft.DoesNotExist; a draft written
    meanwhile raises StaleDraftError: nothing is written then. Past `settings.DRAFTS_MAX_COUNT`, the draft
    left longest ago gives way.
    """
    fields = {"owner": owner, "visitor": visitor, "category": category, "ticket": ticket, "move": move}
    draft, created = _found_or_made(key, fields | {"values": values, "tab": tab}, shown)
    if created:
        return draft
    written = values if category else draft.values | values
    if _is_stale(draft, written, revision, tab):
        raise StaleDraftError(draft)
    if category is not None and draft.category_id != category.pk:
        draft.category, draft.form_version = category, version_to_fill(category, shown)
    return _rewritten(draft, written, tab)


def begin_draft(
    key: UUID,
    *,
    category: Category,
    owner: User | None = None,
    visitor: UUID | None = None,
    shown: int | None = None,
) -> Draft:
    """Return the draft `key` of a request, made empty if it is not there: a file may arrive before the text.

    What it holds is left alone. Raises Draft.DoesNotExist as `keep_draft` does.
    """
    fields = {"owner": owner, "visitor": visitor, "category": category, "ticket": None, "move": ""}
    with transaction.atomic():
        return _found_or_made(key, fields, shown)[0]


def _found_or_made(key: UUID, fields: dict[str, Any], shown: int | None) -> tuple[Draft, bool]:
    category = fields["category"]
    version = {"form_version": lambda: version_to_fill(category, shown) if category else None}
    draft, created = Draft.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        key=key, defaults=fields | version
    )
    found = (draft.owner_id, draft.visitor, draft.ticket_id, draft.move)
    owner, ticket = fields["owner"], fields["ticket"]
    if found != (owner and owner.pk, fields["visitor"], ticket and ticket.pk, fields["move"]):
        raise Draft.DoesNotExist
    if created:
        _make_room(draft)
    return draft, created


def _make_room(draft: Draft) -> None:
    for left in surplus_drafts(draft):
        discard_draft(left)


def _is_stale(draft: Draft, written: dict[str, Any], revision: int | None, tab: UUID | None) -> bool:
    by_this_tab = tab is not None and tab == draft.tab
    return revision not in (None, draft.revision) and not by_this_tab and written != draft.values


def _rewritten(draft: Draft, values: dict[str, Any], tab: UUID | None) -> Draft:
    draft.revision += values != draft.values
    draft.values, draft.tab = values, tab
    draft.updated_at, draft.warned_at = timezone.now(), None
    written = ("values", "tab", "category", "form_version", "revision", "updated_at", "warned_at")
    draft.save(update_fields=written)
    return draft


def autosave(
    key: UUID,
    *,
    owner: User | None,
    visitor: UUID | None,
    revision: int,
    tab: UUID | None,
    values: dict[str, Any],
    category_pk: int | None = None,
) -> bool:
    """Write `values` in a draft no other tab wrote in since `revision`, in one query.

    Returns whether it was written: the draft then has another revision, and `tab` wrote last. False when it
    does not exist, is somebody else's, of another theme than `category_pk` or was written meanwhile:
    `keep_draft` tells which.
    """
    mine = Draft.objects.filter(key=key, owner=owner, visitor=visitor)
    if category_pk is not None:
        mine = mine.filter(category=category_pk)
    unspoilt = mine.filter(Q(revision=revision) | Q(tab=tab) if tab else Q(revision=revision))
    written = {"values": values, "tab": tab, "updated_at": timezone.now(), "warned_at": None}
    return unspoilt.update(revision=F("revision") + 1, **written) > 0


@transaction.atomic
def fork_draft(draft: Draft, values: dict[str, Any], tab: UUID | None = None) -> Draft:
    """Return a new draft like `draft`, files copied, that holds the `values` of another `tab`.

    Past `settings.DRAFTS_MAX_COUNT`, the draft left longest ago gives way, as in `keep_draft`. Copies count
    among the files sent today: past the limit of a day they stay in `draft` alone.
    """
    if draft.owner:
        hold_sender(draft.owner)
    _is_held(draft)  # no file of it goes while it is copied
    twin = Draft.objects.create(
        owner=draft.owner,
        visitor=draft.visitor,
        category=draft.category,
        form_version=draft.form_version,
        ticket=draft.ticket,
        move=draft.move,
        follows_id=draft.follows_id,
        values=values,
        tab=tab,
    )
    for file in draft.files.all():
        if twin.owner and not is_too_much_today(twin.owner, file.size):
            _copy_file(file, twin)
    _make_room(twin)
    return twin


def _copy_file(file: DraftFile, draft: Draft) -> None:
    storage, name = file.content.storage, str(file.content.name)
    file.pk, file.uuid, file.draft, file.content = None, uuid4(), draft, None
    file.created_at = timezone.now()
    with storage.open(name) as content:
        file.content.save(file.name, content, save=False)
    file.save(force_insert=True)


@transaction.atomic
def adopt_drafts(owner: User, visitor: UUID) -> int:
    """Give `owner`, who has just logged in, the drafts she began as `visitor`; return how many."""
    return Draft.objects.filter(visitor=visitor).update(owner=owner, visitor=None)


@transaction.atomic
def take_new_form(draft: Draft) -> Draft:
    """Move `draft` to the form of its theme in force now; answers to questions that stay are kept."""
    draft.form_version = current_version(draft.category) if draft.category else None
    draft.save(update_fields=["form_version"])
    return draft


def add_files(draft: Draft, uploads: Iterable[UploadedFile], piece: str = "") -> list[str]:
    """Check and keep uploaded files in the draft, for the `piece` of the form they stand for, if any.

    Returns French refusals, one a file refused. A visitor sends no file: nobody would answer for it.

    What is accepted stays, whatever happens to the others.
    """
    refusals = []
    for upload in uploads:
        try:
            _add_file(draft, upload, piece)
        except FileRefusedError as error:
            refusals.append(str(error))
    return refusals


@transaction.atomic
def _add_file(draft: Draft, upload: UploadedFile, piece: str) -> None:
    if draft.owner is None:
        raise FileRefusedError(log_in_first(upload))
    hold_sender(draft.owner)
    # Two tabs do not pass the limits together nor send into a draft that is being filed.
    if not _is_held(draft):
        raise FileRefusedError(already_sent(upload))
    kept = list(draft.files.all())
    if _is_there(kept, upload, piece):
        return
    asked = form_of(draft.form_version).piece(piece) if piece else None
    if asked and asked.accepted and not _is_one_of(upload, asked.accepted):
        raise FileRefusedError(not_for_piece(upload, asked.accepted))
    facts = _checked(kept, upload, piece, is_asked=asked is not None)
    if is_too_much_today(draft.owner, facts["size"]):
        raise FileRefusedError(too_much_today(facts["name"]))
    if _fills_its_request(draft, facts["size"]):
        raise FileRefusedError(too_much_for_request(facts["name"]))
    content, facts = as_kept(upload, facts)
    row = DraftFile(draft=draft, piece=piece, verdict=first_verdict(), **facts)
    row.content.save(facts["name"], content, save=False)
    row.save(force_insert=True)
    _touch(draft)
    ask_for_checks([row])


def _touch(draft: Draft) -> None:
    # A file that comes or goes is her coming back, even if she types nothing.
    Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now(), warned_at=None)


def _is_there(kept: list[DraftFile], upload: UploadedFile, piece: str) -> bool:
    """Whether that very file was kept already: it is sent again when our answer to it was lost."""
    same = [file for file in kept if (file.name, file.piece) == (clean_name(upload.name), piece)]
    known = set(chain.from_iterable((file.sha256, file.received_sha256) for file in same))
    return bool(known) and digest(upload) in known


def _checked(kept: list[DraftFile], upload: UploadedFile, piece: str, *, is_asked: bool) -> dict[str, Any]:
    # However many pieces a form asks for, the first file of each has its place.
    is_owed = is_asked and piece not in {file.piece for file in kept}
    count = 0 if is_owed else len(kept)
    return check_file(upload, kept_count=count, kept_bytes=sum(file.size for file in kept))


def _is_one_of(upload: UploadedFile, extensions: tuple[str, ...]) -> bool:
    return PurePosixPath(clean_name(upload.name)).suffix.lstrip(".").lower() in extensions


def _fills_its_request(draft: Draft, size: int) -> bool:
    if draft.ticket_id is None:
        return False
    return kept_for_request(draft.ticket_id) + size > settings.FILES_MAX_BYTES_A_REQUEST


@transaction.atomic
def remove_file(draft: Draft, uuid: UUID) -> None:
    """Take a file out of the draft, content included. An unknown `uuid` is no error: it is gone."""
    if _is_held(draft) and (file := draft.files.filter(uuid=uuid).first()):
        discard_files([file])
        _touch(draft)


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Erase a draft and its files; nothing when it is gone, erased or filed meanwhile."""
    if _is_held(draft):
        discard_files(list(draft.files.all()))
        draft.delete()


def _is_held(draft: Draft) -> bool:
    """Lock `draft` until the transaction ends; return whether it is still there.

    Whoever files it holds it too: its files are then those of a request.
    """
    return Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).exists()


def discard_files(files: list[DraftFile]) -> None:
    """Erase files of a draft that is locked, rows and contents."""
    # The content goes once the rows are gone for good: a rollback must not leave a row without content.
    for file in files:
        storage, name = file.content.storage, str(file.content.name)
        file.delete()
        transaction.on_commit(_eraser(storage, name), robust=True)


def _eraser(storage: Storage, name: str) -> Callable[[], None]:
    # A plain function: when a robust hook fails, Django logs its name, which a partial has not.
    def erase() -> None:
        storage.delete(name)

    return erase
