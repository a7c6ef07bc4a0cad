"""Keep what is being typed, so that nothing of it is ever lost."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from categories.models import Category
from tickets.files.checking import FileRefusedError, check_file, clean_name
from tickets.files.sizes import size_words
from tickets.models import Draft, DraftFile, Ticket
from tickets.services.limits import received_today, surplus_drafts


@transaction.atomic
def keep_draft(
    key: UUID,
    *,
    owner: User,
    values: dict[str, str],
    category: Category | None = None,
    ticket: Ticket | None = None,
    move: str = "",
) -> Draft:
    """Write `values` (field → text) in the draft `key` of `owner`, creating it if needed; return it.

    A key that belongs to somebody else, or to another form, raises Draft.DoesNotExist: nothing is written.
    Past `settings.DRAFTS_MAX_COUNT`, the draft left longest ago gives way.
    """
    draft, created = Draft.objects.get_or_create(
        key=key,
        defaults={"owner": owner, "category": category, "ticket": ticket, "move": move, "values": values},
    )
    if draft.owner_id != owner.pk or draft.ticket_id != (ticket and ticket.pk) or draft.move != move:
        raise Draft.DoesNotExist
    if created:
        for left in surplus_drafts(owner):
            discard_draft(left)
    else:
        draft.values = draft.values | values
        draft.category = category
        draft.updated_at = timezone.now()
        draft.save(update_fields=["values", "category", "updated_at"])
    return draft


def add_files(draft: Draft, uploads: Iterable[UploadedFile]) -> list[str]:
    """Check and keep uploaded files in the draft. Returns French refusals, one a file refused.

    What is accepted stays, whatever happens to the others.
    """
    refusals = []
    for upload in uploads:
        try:
            _add_file(draft, upload)
        except FileRefusedError as error:
            refusals.append(str(error))
    return refusals


@transaction.atomic
def _add_file(draft: Draft, upload: UploadedFile) -> None:
    # Locked, so that two tabs do not pass the limits together nor send into a draft that is being filed.
    if not Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).exists():
        raise FileRefusedError(_already_sent(upload))
    kept = list(draft.files.values_list("size", flat=True))
    facts = check_file(upload, kept_count=len(kept), kept_bytes=sum(kept))
    if received_today(draft.owner) + facts["size"] > settings.FILES_MAX_BYTES_A_DAY:
        raise FileRefusedError(_too_much_today(facts["name"]))
    row = DraftFile(draft=draft, **facts)
    row.content.save(facts["name"], upload, save=False)
    row.save(force_insert=True)


def _too_much_today(name: str) -> str:
    return _(
        "« %(name)s » n’est pas joint : on peut envoyer %(size)s de fichiers par jour. Recommencez demain."
    ) % {"name": name, "size": size_words(settings.FILES_MAX_BYTES_A_DAY)}


def _already_sent(upload: UploadedFile) -> str:
    return _("« %(name)s » n’est pas joint : ce formulaire a déjà été envoyé.") % {
        "name": clean_name(upload.name)
    }


def remove_file(draft: Draft, uuid: UUID) -> None:
    """Take a file out of the draft, content included. An unknown `uuid` is no error: it is gone."""
    file = draft.files.filter(uuid=uuid).first()
    if file is not None:
        _discard([file])


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Erase a draft and its files."""
    _discard(list(draft.files.all()))
    draft.delete()


def _discard(files: list[DraftFile]) -> None:
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


def forget_stale(now: datetime) -> int:
    """Erase drafts untouched for `settings.DRAFT_LIFETIME`; return how many."""
    stale = list(Draft.objects.filter(updated_at__lt=now - settings.DRAFT_LIFETIME)[:1000])
    for draft in stale:
        discard_draft(draft)
    return len(stale)
