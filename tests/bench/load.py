"""Eight connections that ask, each as soon as it was answered. Only ever this machine."""

import itertools
import socket
import threading
import time
from dataclasses import dataclass

HOST = "127.0.0.1"
CONNECTIONS = 8
_ANSWER_SECONDS = 60


class WrongAnswerError(Exception):
    """A page did not answer what was expected: its measure would mean nothing."""


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes


class Connection:
    """One kept-alive HTTP connection: just enough of the protocol to cost nothing."""

    def __init__(self, port):
        self._address = (HOST, port)
        self._socket = None

    def ask(self, request):
        """Send `request` (bytes) and return the Answer."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=_ANSWER_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._received()
        head, _blank, body = received.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            body += self._received()
        if b"connection: close" in head.lower():
            self.close()
        return Answer(int(head[9:12]), head, body)

    def close(self):
        """Close, if open; the next request opens again."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def _received(self):
        piece = self._socket.recv(262_144)
        if not piece:
            raise WrongAnswerError("the server closed the connection in the middle of an answer")
        return piece


def _length(head):
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise WrongAnswerError("an answer without a length")


def play_all(port, scripts, *, seconds, at_most):
    """Return (how many scripts were played, in how many seconds).

    `scripts`: one endless iterator a connection, of lists of (request, expected status) to be asked in
    order. Stops after `seconds`, or once `at_most` scripts were played. Raises WrongAnswerError.
    """
    turns, failures, counts = itertools.count(1), [], [0] * len(scripts)
    started = time.monotonic()

    def is_time_left(rank):
        # At least once a connection, however busy the machine.
        in_time = counts[rank] == 0 or time.monotonic() - started < seconds
        return in_time and not failures and next(turns) <= at_most

    def play(rank, script):
        connection = Connection(port)
        try:
            while is_time_left(rank):
                _play_next(connection, script)
                counts[rank] += 1
        except (WrongAnswerError, OSError) as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=pair) for pair in enumerate(scripts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts), time.monotonic() - started


def _play_next(connection, script):
    """Play what comes next in `script`."""
    for request, expected in next(script):
        _check(connection.ask(request), expected, request)


def _check(answer, expected, request):
    status, words = expected
    if answer.status != status or words not in answer.head + answer.body:
        asked = request.split(b"\r\n", 1)[0].decode()
        raise WrongAnswerError(f"{asked}: {answer.status}\n{answer.head.decode()}\n{answer.body[:2000]!r}")
