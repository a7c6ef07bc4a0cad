"""A child process of the demonstration: started, watched, restarted, stopped with all its descendants."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from teledemande.demo.lifetime import die_with

RESTARTS_ALLOWED = 5
RESTARTS_WINDOW_SECONDS = 60
TROUBLE = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback")


class Child:
    """One command, its log file, and the group of processes it makes."""

    def __init__(
        self, name: str, command: Sequence[str], *, log_folder: Path, env: dict[str, str], cwd: Path
    ):
        self.name = name
        self.command = list(command)
        self.log_path = log_folder / f"{name}.log"
        self.env = env
        self.cwd = cwd
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths: list[float] = []
        self._read_up_to = 0
        self.log_path.write_bytes(b"")

    def start(self) -> None:
        """Start in a session of its own: Ctrl-C then reaches the parent alone, which stops in order."""
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=partial(die_with, os.getpid()),  # noqa: PLW1509 -- prctl and getppid only
            )

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart(self) -> bool:
        """Start again after a death; return False when it died too often lately."""
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < RESTARTS_WINDOW_SECONDS] + [now]
        self.kill()  # what the dead one left behind: gunicorn's workers, beat
        if len(self.deaths) > RESTARTS_ALLOWED:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.process and self.is_alive():
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the whole group at once; nothing happens when it is already gone."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def troubles(self) -> list[str]:
        """Return the lines of the log, since the last call, that somebody should see."""
        with self.log_path.open("rb") as log:
            log.seek(self._read_up_to)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read_up_to += len(whole)
        return [line for line in whole.decode(errors="replace").splitlines() if TROUBLE.search(line)]

    def last_lines(self, count: int = 15) -> list[str]:
        return self.log_path.read_text(errors="replace").splitlines()[-count:]
