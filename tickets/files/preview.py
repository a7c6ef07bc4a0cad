"""Show pictures and PDF pages as plain pictures of ours, drawn in a process apart and kept for a while.

What is served is a PNG we made: nothing of the file itself reaches the browser.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from tickets.files import signatures
from tickets.models import Attachment, Verdict

FOLDER = "apercus"  # in the private storage; beside it, folders of two characters hold the files
PAGES_A_SHEET = 5
_SIDE = 1200
_SECONDS = 15
_PROGRAM = Path(__file__).with_name("drawing.py")
_KINDS = {signatures.PDF.content_type: "pdf"} | {
    kind.content_type: "picture"
    for kind in (signatures.JPEG, signatures.PNG, signatures.GIF, signatures.WEBP, signatures.TIFF)
}
# Drawing takes a processor: two at a time in this process, others wait a little, then are told to come back.
_PLACES = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 8


class PreviewImpossibleError(Exception):
    """The file cannot be drawn: encrypted, broken, endless or too large."""


class PreviewBusyError(Exception):
    """Too many files are being drawn: this one may be tried again."""


@dataclass(frozen=True)
class Sheet:
    """Some pages of a file: the numbers of those on it, of `total`."""

    total: int
    numbers: tuple[int, ...]


def can_preview(file: Attachment) -> bool:
    """Whether `file`, which its reader may open, is of a kind that can be shown."""
    return file.content_type in _KINDS and file.verdict not in (Verdict.INFECTED, Verdict.UNREADABLE)


def first_of_sheet(number: int) -> int:
    """Return the first page of the sheet that holds page `number`."""
    return (max(number, 1) - 1) // PAGES_A_SHEET * PAGES_A_SHEET + 1


def sheet_of(file: Attachment, number: int) -> Sheet:
    """Return the sheet of `file` that holds page `number`, drawn now if it never was.

    Raises PreviewImpossibleError, which is remembered as drawings are, and PreviewBusyError.
    """
    first = first_of_sheet(number)
    # Only pages there are: whoever asks for a million others makes nothing be drawn, nor kept.
    if first > 1 and first > sheet_of(file, 1).total:
        raise PreviewImpossibleError
    storage, name = file.content.storage, f"{_folder(file)}/{first}.json"
    if not storage.exists(name):
        _draw(file, first, name)
    with storage.open(name) as kept:
        total, count = json.load(kept)
    if not count:
        raise PreviewImpossibleError
    return Sheet(total, tuple(range(first, first + count)))


@contextmanager
def page_of(file: Attachment, number: int) -> Iterator[IO[bytes]]:
    """Give the open PNG of page `number`; raises PreviewImpossibleError if there is no such page."""
    if number not in sheet_of(file, number).numbers:
        raise PreviewImpossibleError
    with file.content.storage.open(f"{_folder(file)}/{number}.png") as page:
        yield page


def forget_drawings(storage: Storage, file: Attachment) -> None:
    """Erase the pages drawn of `file`, if there are any."""
    folder = _folder(file)
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")


def _folder(file: Attachment) -> str:
    return f"{FOLDER}/{file.uuid.hex}"


def _draw(file: Attachment, first: int, name: str) -> None:
    if not _PLACES.acquire(timeout=_WAIT_SECONDS):
        raise PreviewBusyError
    try:
        with file.content.open("rb") as content:
            total, pages = draw(content, _KINDS[file.content_type], first)
    except PreviewImpossibleError:
        total, pages = 0, []
    finally:
        _PLACES.release()
    storage = file.content.storage
    for number, page in enumerate(pages, start=first):
        _keep(storage, f"{_folder(file)}/{number}.png", page)
    _keep(storage, name, json.dumps([total, len(pages)]).encode())  # last: it says that the pages are there


def _keep(storage, name: str, content: bytes) -> None:
    if not storage.exists(name):
        storage.save(name, ContentFile(content))


def draw(content: IO[bytes], kind: str, first: int) -> tuple[int, list[bytes]]:
    """Return how many pages `content` has and the PNG of those from `first` on, one sheet of them.

    Nothing is read here but what the program wrote, within bounds the kernel keeps. Raises
    PreviewImpossibleError.
    """
    command = [sys.executable, "-I", str(_PROGRAM), kind, str(first), str(PAGES_A_SHEET), str(_SIDE)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as written:
        while chunk := content.read(1 << 20):
            given.write(chunk)
        given.seek(0)
        try:
            # Our own program, our own arguments; no environment, so none of our secrets.
            done = subprocess.run(  # noqa: S603
                command,
                stdin=given,
                stdout=written,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
                cwd="/",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PreviewImpossibleError from error
        if done.returncode:
            raise PreviewImpossibleError
        written.seek(0)
        return _read(written)


def _read(written: IO[bytes]) -> tuple[int, list[bytes]]:
    try:
        header = json.loads(written.readline(10_000))
        total, sizes = int(header["total"]), [int(size) for size in header["sizes"][:PAGES_A_SHEET]]
    except (ValueError, KeyError, TypeError) as error:
        raise PreviewImpossibleError from error
    pages = [written.read(size) for size in sizes]
    if not all(page.startswith(b"\x89PNG\r\n") for page in pages):
        raise PreviewImpossibleError
    return total, pages
