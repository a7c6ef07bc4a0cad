"""`manage.py demo`: prepare the data, start the parts, keep them alive, stop them all.

One parent, three children (web, Celery worker with beat, CAS server). The parent serves nothing itself.
"""

import fcntl
import os
import re
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from teledemande.demo.banner import banner
from teledemande.demo.children import Child
from teledemande.demo.ports import is_free, next_free

READY_WITHIN_SECONDS = 90
STOPPED_WITHIN_SECONDS = 4
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DemoError(Exception):
    """The demonstration cannot start or go on; the message is for the person at the terminal."""


class Supervisor:
    """The life of one demonstration."""

    def __init__(self, write: Callable[[str], object]):
        self.write = write
        self.stopping = threading.Event()
        self.var_dir = Path(settings.VAR_DIR).resolve()
        self.log_folder = self.var_dir / "log"
        self.port = settings.PORT
        self.cas_port = 0
        self.children: list[Child] = []

    def run(self) -> None:
        """Serve until a signal; raises DemoError when it cannot."""
        with self._alone_in_folder():
            self._choose_ports()
            self._prepare()
            for number in STOP_SIGNALS:
                signal.signal(number, self._on_signal)
            try:
                self._start()
                self._wait_until_ready()
                self._watch()
            finally:
                self._stop()

    # --- before ---------------------------------------------------------------------------------

    @contextmanager
    def _alone_in_folder(self) -> Iterator[None]:
        """Hold a lock that the kernel releases however we end."""
        self.log_folder.mkdir(parents=True, exist_ok=True)
        with (self.var_dir / "demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = (
                    f"Une démonstration utilise déjà le dossier {self.var_dir}.\n"
                    "Arrêtez-la (Ctrl-C dans son terminal), ou prenez un autre dossier et un autre port :\n"
                    "    VAR_DIR=/un/autre/dossier PORT=8010 make demo"
                )
                raise DemoError(message) from None
            yield

    def _choose_ports(self) -> None:
        if not is_free(self.port):
            message = (
                f"Le port {self.port} est déjà utilisé par un autre programme : rien n’a été démarré.\n"
                f"Choisissez-en un autre :\n    make demo PORT={next_free(self.port + 2)}"
            )
            raise DemoError(message)
        self.cas_port = next_free(self.port + 1)

    def _prepare(self) -> None:
        """Bring database, themes, sample and static files up to date; each step may run again."""
        for label, command, options in (
            ("Base de données", "migrate", {"interactive": False}),
            ("Fichiers statiques", "collectstatic", {"interactive": False}),
            ("Thèmes", "load_themes", {}),
            ("Exemples", "load_sample", {}),
        ):
            started = time.monotonic()
            call_command(command, verbosity=0, **options)
            self.write(f"{label} : prêt ({time.monotonic() - started:.1f} s)")
        connections.close_all()

    # --- parts ----------------------------------------------------------------------------------

    @property
    def cas_url(self) -> str:
        return f"http://127.0.0.1:{self.cas_port}/cas/"

    def _start(self) -> None:
        for name, command in self._commands().items():
            child = Child(
                name, command, log_folder=self.log_folder, env=self._environment(), cwd=settings.BASE_DIR
            )
            self.children.append(child)
            child.start()

    def _commands(self) -> dict[str, list[str]]:
        python = sys.executable
        return {
            "cas": [
                python,
                str(settings.BASE_DIR / "deploy" / "demo" / "cas" / "serve.py"),
                f"--port={self.cas_port}",
                f"--service-pattern=^{re.escape(settings.SITE_URL)}/",
                f"--var-dir={self.var_dir / 'cas'}",
            ],
            "worker": [
                *(python, "-m", "celery", "--app=teledemande.celery:app", "worker", "--loglevel=INFO"),
                *(
                    "--pool=threads",
                    "--concurrency=4",
                    "--beat",
                    f"--schedule={self.var_dir / 'beat-schedule'}",
                ),
                # One worker, alone: nothing to say to others.
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            "web": [
                *(python, "-m", "gunicorn", "teledemande.wsgi", f"--bind=127.0.0.1:{self.port}"),
                "--config=python:teledemande.demo.gunicorn_conf",
            ],
        }

    def _environment(self) -> dict[str, str]:
        temporary = self.var_dir / "tmp"  # nothing outside the folder
        temporary.mkdir(exist_ok=True)
        return {
            **os.environ,
            "DEMO": "1",
            "PORT": str(self.port),
            "VAR_DIR": str(self.var_dir),
            "CAS_SERVER_URL": self.cas_url,
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(temporary),
        }

    # --- during ---------------------------------------------------------------------------------

    def _on_signal(self, number: int, frame: object) -> None:
        self.stopping.set()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self.stopping.wait(0.2):
            self._keep_alive()
            if self._is_ready():
                self.write(
                    banner(site_url=settings.SITE_URL, cas_url=self.cas_url, log_folder=self.log_folder)
                )
                return
            if time.monotonic() > deadline:
                message = (
                    f"La démonstration n’est pas prête après {READY_WITHIN_SECONDS} s.\n{self._health()}"
                )
                raise DemoError(message)

    def _is_ready(self) -> bool:
        return self._health().startswith("200 ") and self._answers(f"{self.cas_url}login").startswith("200 ")

    def _health(self) -> str:
        return self._answers(f"http://127.0.0.1:{self.port}/sante/")

    @staticmethod
    def _answers(url: str) -> str:
        """Return the status and the body, or why there are none."""
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 -- our own addresses
                return f"{response.status} {response.read().decode()}"
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode(errors='replace')}"
        except OSError as error:
            return str(error)

    def _watch(self) -> None:
        while not self.stopping.wait(0.5):
            self._keep_alive()

    def _keep_alive(self) -> None:
        for child in self.children:
            for line in child.troubles():
                self.write(f"[{child.name}] {line}")
            if not child.is_alive():
                self._revive(child)

    def _revive(self, child: Child) -> None:
        self.write(f"« {child.name} » s’est arrêté ; il est relancé (journal : {child.log_path}).")
        if not child.restart():
            end = "\n".join(child.last_lines())
            message = f"« {child.name} » s’arrête sans cesse. Fin de {child.log_path} :\n{end}"
            raise DemoError(message)

    # --- after ----------------------------------------------------------------------------------

    def _stop(self) -> None:
        """Ask politely, wait a little, then end what is left."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOPPED_WITHIN_SECONDS
        while any(child.is_alive() for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.kill()
