"""A server process: started in a temporary folder, awaited, stopped by its pid."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

from teledemande.demo.lifetime import die_with
from teledemande.demo.ports import is_free

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
# Below the ports the kernel gives to outgoing connections: none of them takes ours in between.
PORTS = range(20_000, 32_000)


class ServerError(Exception):
    """A server did not start; the message holds the end of its log."""


def free_port(*, in_a_row: int = 1) -> int:
    """Return a free port followed by `in_a_row - 1` others that are free too."""
    while True:
        port = random.choice(PORTS)
        if all(is_free(port + offset) for offset in range(in_a_row)):
            return port


def wait_until(condition: Callable[[], object], *, seconds: float, what: str):
    """Return the first true value of `condition()`; raises TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            message = f"Toujours pas après {seconds} s : {what}"
            raise TimeoutError(message)
        time.sleep(0.05)
    return value


class Server:
    """What all servers share; a subclass says its command and when it is ready."""

    name = "server"
    ready_within_seconds = 30.0
    stopped_within_seconds = 10.0
    stop_signal = signal.SIGTERM
    # Somebody else's uid (PostgreSQL refuses to be root), or None.
    user: str | None = None

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"td-{self.name}-"))
        self.log_path = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    # --- for subclasses -----------------------------------------------------------------------

    def command(self) -> Sequence[str]:
        raise NotImplementedError

    def env(self) -> dict[str, str]:
        return dict(os.environ)

    def prepare(self) -> None:
        """Do what must be done before each start."""

    def is_ready(self) -> bool:
        return not is_free(self.port)

    # --- for everybody ------------------------------------------------------------------------

    def start(self) -> Self:
        """Start and wait; raises ServerError with the end of the log."""
        self.prepare()
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command()),
                cwd=ROOT,
                env=self.env(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                preexec_fn=partial(die_with, os.getpid()),  # noqa: PLW1509 -- prctl and getppid only
            )
        try:
            wait_until(self._is_ready_or_dead, seconds=self.ready_within_seconds, what=f"{self.name} prêt")
        except TimeoutError as error:
            self.kill()
            raise ServerError(f"{error}\n{self.log()[-3000:]}") from error
        if not self.is_alive():
            message = f"{self.name} s’est arrêté au démarrage.\n{self.log()[-3000:]}"
            raise ServerError(message)
        return self

    def stop(self) -> None:
        """Ask to stop, then make sure that nothing of its group is left; harmless when it is stopped."""
        if self.process is None:
            return
        if self.is_alive():
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.stopped_within_seconds)
        self.kill()

    def kill(self) -> None:
        """`kill -9`, the group included."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def close(self) -> None:
        """Stop and forget the folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _is_ready_or_dead(self) -> bool:
        return not self.is_alive() or self.is_ready()
