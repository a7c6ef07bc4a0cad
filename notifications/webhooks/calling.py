"""One call over HTTP, bounded in time and size, to an address that was checked. No redirect is followed."""

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass

from django.conf import settings

from notifications.webhooks.addresses import Target, UnknownNameError, parsed, resolve
from notifications.wording import one_line

# Status line, headers and the little of the body that is read.
_BYTES = 64 * 1024
_WORDS = 1000
ANSWER_LENGTH = 500


class CallError(Exception):
    """Nothing was answered, or nothing that means « taken »; `status` is None without an answer."""

    def __init__(self, words: object, status: int | None = None):
        super().__init__(one_line(words, ANSWER_LENGTH))
        self.status = status


@dataclass(frozen=True)
class Reply:
    """What the other side answered."""

    status: int
    words: str


def call(url: str, body: bytes, headers: dict[str, str]) -> Reply:
    """Post `body` to `url` and return the answer, if it is 2xx.

    Raises ForbiddenAddressError for an address no webhook may call, CallError for everything else. The whole
    takes settings.WEBHOOK_TIMEOUT seconds at most, names included, whatever the other side does.
    """
    deadline = time.monotonic() + settings.WEBHOOK_TIMEOUT
    target = parsed(url)
    try:
        wire = _connect(target, deadline)
    except (OSError, UnknownNameError) as error:
        raise CallError(f"{type(error).__name__}: {error}") from error
    try:
        return _exchange(wire, target, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise CallError(f"{type(error).__name__}: {error}") from error
    finally:
        wire.hang_up()


def _connect(target: Target, deadline: float) -> "_Wire":
    trouble: OSError = ConnectionError(target.host)
    for family, place in resolve(target, _left(deadline)):
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(deadline))
            line.connect(place)
            if target.is_encrypted:
                line.settimeout(_left(deadline))
                # The certificate is that of the name, though we connect to the address we checked.
                line = ssl.create_default_context().wrap_socket(line, server_hostname=target.host)
        except OSError as error:
            line.close()
            trouble = error
        else:
            return _Wire(line, deadline)
    raise trouble


def _exchange(wire: "_Wire", target: Target, body: bytes, headers: dict[str, str]) -> Reply:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = 443 if target.is_encrypted else 80  # what Host leaves out
    # All that http.client asks of a socket.
    connection.sock = wire  # type: ignore[assignment]
    connection.request("POST", target.path, body, {"Connection": "close", **headers})
    response = connection.getresponse()
    status, words = response.status, _words(response)
    if 300 <= status < 400:
        raise CallError(f"{status} → {response.headers.get('Location', '')}", status)
    if not 200 <= status < 300:
        raise CallError(f"{status} {words or response.reason}", status)
    return Reply(status, one_line(f"{status} {words or response.reason}", ANSWER_LENGTH))


def _words(response: http.client.HTTPResponse) -> str:
    """Return the first words of the body, as far as they came with the rest: nobody waits for them."""
    try:
        return response.read1(_WORDS).decode("utf-8", errors="replace").strip()
    except (OSError, http.client.HTTPException):
        return ""


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class _Wire:
    """A socket as http.client uses one, with one deadline for all that is written and read."""

    def __init__(self, line: socket.socket, deadline: float):
        self._line, self._deadline = line, deadline

    def sendall(self, data: bytes) -> None:
        """Write `data`."""
        self._line.settimeout(_left(self._deadline))
        self._line.sendall(data)

    def makefile(self, *_args: object, **_options: object) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_Incoming(self._line, self._deadline))

    def close(self) -> None:
        """Leave the line open: http.client closes it before it has read the answer."""

    def hang_up(self) -> None:
        """Close the line."""
        self._line.close()


class _Incoming(io.RawIOBase):
    """What comes in: a drop at a time does not win more time, and an endless answer ends."""

    def __init__(self, line: socket.socket, deadline: float):
        super().__init__()
        self._line, self._deadline, self._room = line, deadline, _BYTES

    def readable(self) -> bool:
        """Whether it is read: yes."""
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def, override]
        """Read what has come, within the time and the room that are left."""
        if self._room <= 0:
            raise CallError("answer too long")
        self._line.settimeout(_left(self._deadline))
        count = self._line.recv_into(memoryview(buffer)[: self._room])
        self._room -= count
        return count
