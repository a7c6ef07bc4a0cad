"""Have files checked: what waits, who asks the antivirus, what is written of its answer.

The rows are the truth. A task is woken after the commit; a sweep takes what no task did. Both claim the row
first, by moving `check_after` ahead: whoever dies in between leaves it to the next sweep.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from teledemande.waking import wake_after_commit
from tickets.files import antivirus
from tickets.files.antivirus import AntivirusDownError, CheckFailedError
from tickets.models import Attachment, DraftFile, Verdict
from tickets.models.file import StoredFile

logger = logging.getLogger(__name__)

CHECK: Final = "tickets.tasks.check_file"
# UNCHECKED waits too, as soon as there is an antivirus: it was let pass without one.
WAITING: Final = (Verdict.PENDING, Verdict.UNCHECKED)
_MODELS: Final[tuple[type[Attachment] | type[DraftFile], ...]] = (Attachment, DraftFile)
_RETRY: Final = timedelta(minutes=1)
# What clamd cannot check is asked again this often, and given up as unreadable after the last time.
_RETRY_FAILED: Final = timedelta(minutes=10)
_FAILED_FOR_GOOD: Final = timedelta(hours=1)
_SWEEP_SECONDS: Final = 45
_SWEEP_FILES: Final = 500


def first_verdict() -> Verdict:
    """Return the verdict of a file that has just arrived."""
    return Verdict.PENDING if antivirus.is_set_up() else Verdict.UNCHECKED


def ask_for_checks(files: Iterable[StoredFile]) -> None:
    """Have those of `files` that wait checked as soon as the current transaction is committed."""
    waiting = [file for file in files if file.verdict == Verdict.PENDING]
    wake_after_commit(CHECK, [(str(file.uuid),) for file in waiting])


def check_file(uuid: UUID) -> Verdict | None:
    """Ask the antivirus about the file `uuid`, of a draft or of a request; return the verdict written.

    None when there is nothing to do (no such file, a verdict already, somebody else asking) and when the
    antivirus could not tell: the row then says when to ask again. Must run outside any transaction.
    """
    file = _claimed(uuid, timezone.now())
    if file is None:
        return None
    try:
        with file.content.open("rb") as content:
            answer = antivirus.check(content)
    except AntivirusDownError:
        _put_off(file, _RETRY)
        return None
    except CheckFailedError as error:
        return _failed(file, str(error))
    except FileNotFoundError:
        logger.error("file %s: its content is not in the storage", uuid)  # noqa: TRY400 -- no traceback: names
        _put_off(file, _FAILED_FOR_GOOD)
        return None
    return _judge(uuid, answer.verdict, answer.finding)


def _claimed(uuid: UUID, now: datetime) -> StoredFile | None:
    if not antivirus.is_set_up():
        return None
    ahead = now + timedelta(seconds=settings.CLAMD_TIMEOUT) + _RETRY
    for model in _MODELS:
        waiting = _held(model).filter(uuid=uuid, verdict__in=WAITING, check_after__lte=now)
        if waiting.update(check_after=ahead):
            return model.objects.filter(uuid=uuid).first()
    return None


def _judge(uuid: UUID, verdict: Verdict, finding: str) -> Verdict:
    if verdict != Verdict.CLEAN:
        logger.warning("file %s: %s", uuid, verdict)
    _write(uuid, verdict=verdict, finding=finding, checked_at=timezone.now())
    return verdict


def _failed(file: StoredFile, words: str) -> Verdict | None:
    if timezone.now() - file.created_at > _FAILED_FOR_GOOD:
        return _judge(file.uuid, Verdict.UNREADABLE, words)
    _put_off(file, _RETRY_FAILED)
    return None


def _put_off(file: StoredFile, delay: timedelta) -> None:
    _write(file.uuid, check_after=timezone.now() + delay)
    if settings.ANTIVIRUS_DOWN == "pass":
        _let_pass(timezone.now())


@transaction.atomic
def _write(uuid: UUID, **values: Any) -> None:
    # Both tables: the draft may have become a request while the antivirus was reading.
    for model in (DraftFile, Attachment):
        model.objects.filter(uuid=uuid, verdict__in=WAITING).update(**values)


def sweep_files() -> int:
    """Check the files that waited; return how many were. Without an antivirus, nothing waits any more."""
    if not antivirus.is_set_up():
        for model in _MODELS:
            model.objects.filter(verdict=Verdict.PENDING).update(verdict=Verdict.UNCHECKED)
        return 0
    if not antivirus.is_answering():
        logger.warning("antivirus unreachable: %d files wait", files_waiting())
        if settings.ANTIVIRUS_DOWN == "pass":
            _let_pass(timezone.now())
        return 0
    until = time.monotonic() + _SWEEP_SECONDS
    checked = 0
    for uuid in _due(timezone.now()):
        if time.monotonic() > until:
            break
        checked += check_file(uuid) is not None
    return checked


def _due(now: datetime) -> list[UUID]:
    """Return what is to be checked now: what nobody can open first, then what was let pass."""
    return [
        uuid
        for verdict in WAITING
        for model in _MODELS
        for uuid in _held(model)
        .filter(verdict=verdict, check_after__lte=now)
        .order_by("check_after", "pk")
        .values_list("uuid", flat=True)[:_SWEEP_FILES]
    ][:_SWEEP_FILES]


def _let_pass(now: datetime) -> None:
    for model in _MODELS:
        long = model.objects.filter(verdict=Verdict.PENDING, created_at__lt=now - settings.ANTIVIRUS_PATIENCE)
        long.update(verdict=Verdict.UNCHECKED)


def files_waiting() -> int:
    """Return how many files wait for a verdict."""
    return sum(_held(model).filter(verdict=Verdict.PENDING).count() for model in _MODELS)


def _held(model: type[Attachment] | type[DraftFile]) -> QuerySet[Any]:
    """Keep the files whose content is there: that of a file its author withdrew is erased."""
    return model.objects.exclude(content="")
