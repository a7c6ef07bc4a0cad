"""Erase what the storage holds for nobody: left by a rollback, a cascade, an upload that was cut."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.core.files.storage import Storage

from tickets.files.preview import FOLDER as PREVIEWS
from tickets.models import Attachment, DraftFile
from tickets.models.file import private_storage

# Younger than this, a content may belong to a row that is about to be committed.
_AGE: Final = timedelta(days=1)
# Previews are drawn again when asked for.
_PREVIEW_AGE: Final = timedelta(days=7)
_BATCH: Final = 500
# Files are under two characters (`random_name`); a longer name is a folder of others, not for us to judge.
_FILE: Final = re.compile(r"[0-9a-f]{2}/.*")


def erase_orphans(now: datetime) -> int:
    """Erase the stored contents no row points to, and the old previews; return how many files were."""
    storage = private_storage()
    erased = 0
    names = _stored(storage, "")
    while batch := list(islice(names, _BATCH)):
        for name in _orphans(storage, batch, now):
            storage.delete(name)
            erased += 1
    return erased


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever stored
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _stored(storage, f"{folder}/{name}".lstrip("/"))


def _orphans(storage: Storage, names: list[str], now: datetime) -> list[str]:
    previews = [name for name in names if name.startswith(f"{PREVIEWS}/")]
    contents = [name for name in names if _FILE.fullmatch(name)]
    old = [name for name in contents if _is_older(storage, name, now - _AGE)]
    # In this order: what leaves a draft for a request meanwhile is found in one or in the other.
    held = set(DraftFile.objects.filter(content__in=old).values_list("content", flat=True))
    held |= set(Attachment.objects.filter(content__in=old).values_list("content", flat=True))
    return [
        *(name for name in old if name not in held),
        *(name for name in previews if _is_older(storage, name, now - _PREVIEW_AGE)),
    ]


def _is_older(storage: Storage, name: str, limit: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < limit
    except FileNotFoundError:
        return False  # gone since it was listed
