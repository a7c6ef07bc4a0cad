"""Ask ClamAV's clamd what it thinks of a file, over its INSTREAM protocol (clamd(8)).

The file travels in chunks, each after its length on four bytes; an empty one ends it. clamd answers one line.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

from tickets.models import Verdict

_CONNECT_SECONDS = 3
_PING_SECONDS = 1
_CHUNK = 64 * 1024
_ANSWER_MAX = 4096
# What clamd « finds » when it could not look inside, with AlertEncrypted and AlertExceedsMax (clamd.conf(5)).
_ENCRYPTED = "Heuristics.Encrypted"
_EXCEEDED = "Heuristics.Limits.Exceeded"
TOO_LARGE = "INSTREAM size limit exceeded."


class AntivirusDownError(Exception):
    """clamd does not answer: the file is to be asked about again."""


class CheckFailedError(Exception):
    """clamd answers, but could not check this file; the message is what it said."""


@dataclass(frozen=True)
class Answer:
    """A verdict, and clamd's own words when they tell more: a signature, a heuristic, a limit."""

    verdict: Verdict
    finding: str = ""


def is_set_up() -> bool:
    """Whether an antivirus is to be asked at all."""
    return bool(settings.CLAMD_URL)


def is_answering() -> bool:
    """Whether clamd answers, within a second or two."""
    try:
        with _connected(_PING_SECONDS) as clamd:
            clamd.sendall(b"zPING\0")
            return _answer(clamd) == "PONG"
    except AntivirusDownError:
        return False


def check(content: IO[bytes]) -> Answer:
    """Return what clamd thinks of an open file, read from its start.

    Raises AntivirusDownError when nobody answers, CheckFailedError when clamd could not check it.
    """
    content.seek(0)
    with _connected(settings.CLAMD_TIMEOUT) as clamd:
        if not _sent(clamd, content):
            return Answer(Verdict.UNREADABLE, TOO_LARGE)
        return _read(_answer(clamd))


@contextmanager
def _connected(seconds: float) -> Iterator[socket.socket]:
    url = urlsplit(settings.CLAMD_URL)
    patience = min(seconds, _CONNECT_SECONDS)
    family = socket.AF_UNIX if url.scheme == "unix" else socket.AF_INET
    try:
        if family == socket.AF_INET:
            clamd = socket.create_connection((url.hostname or "", url.port or 3310), patience)
        else:
            clamd = socket.socket(family)
            clamd.settimeout(patience)
            clamd.connect(url.path)
    except OSError as error:
        raise AntivirusDownError from error
    with clamd:
        clamd.settimeout(seconds)
        try:
            yield clamd
        except OSError as error:
            raise AntivirusDownError from error


def _sent(clamd: socket.socket, content: IO[bytes]) -> bool:
    """Send the whole file; False, at once, when it is larger than clamd takes."""
    left = settings.CLAMD_MAX_BYTES
    try:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := content.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                return False
            clamd.sendall(len(chunk).to_bytes(4) + chunk)
        clamd.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # clamd hangs up on a stream it finds too long; what it said before is still to be read
    return True


def _answer(clamd: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < _ANSWER_MAX:
        if not (more := clamd.recv(_ANSWER_MAX)):
            break
        received += more
    if not received:
        raise AntivirusDownError
    return received.rstrip(b"\0\n").decode("utf-8", "replace")


def _read(answer: str) -> Answer:
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Answer(Verdict.CLEAN)
    if words.endswith(" FOUND"):
        finding = words.removesuffix(" FOUND")[:200]
        is_opaque = finding.startswith((_ENCRYPTED, _EXCEEDED))
        return Answer(Verdict.UNREADABLE if is_opaque else Verdict.INFECTED, finding)
    if words.startswith(TOO_LARGE):
        return Answer(Verdict.UNREADABLE, TOO_LARGE)
    raise CheckFailedError(words[:200])


def is_encrypted(finding: str) -> bool:
    """Whether a file is unreadable because its content is encrypted."""
    return finding.startswith(_ENCRYPTED)
