"""The whole service for tests, embedded or on real servers; see `tests/services/__init__.py`."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.services.cas import Cas
from tests.services.dovecot import Dovecot
from tests.services.mail import Mail
from tests.services.postgres import Postgres
from tests.services.process import HOST, ROOT, Server, free_port, wait_until
from tests.services.redis_server import Redis
from tests.services.smtp import Smtp

# What the caller's environment says of another service must not reach this one.
FOREIGN = (
    *("ALLOWED_HOSTS", "ATTACHMENTS_DIR", "CACHE_URL", "CAS_SERVER_URL", "CELERY_BROKER_URL", "CLAMD_URL"),
    *(
        "DATABASE_URL",
        "DEBUG",
        "DEMO",
        "EMAIL_URL",
        "INBOUND_ADDRESS",
        "INBOUND_URL",
        "PORT",
        "PRODUCTION",
        "SECRET_KEY",
        "SITE_URL",
        "STATIC_ROOT",
        "VAR_DIR",
    ),
)


INBOUND_ADDRESS = "demandes@reponses.example.org"


def clean_environment() -> dict[str, str]:
    """Return the caller's environment without what would configure the service."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def health(url: str) -> tuple[int, dict]:
    """Return what /sante/ answers: status and parts; (0, {}) when nobody does."""
    try:
        with urllib.request.urlopen(f"{url}/sante/", timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")
    except OSError:
        return 0, {}


class Program(Server):
    """One of our own processes: web, worker, beat or the demonstration."""

    ready_within_seconds = 120.0

    def __init__(self, name: str, arguments: list[str], *, env: dict[str, str], url: str = "") -> None:
        self.name = name
        super().__init__()
        self.arguments = arguments
        self._env = env
        self.url = url

    def command(self) -> list[str]:
        return [sys.executable, *self.arguments]

    def env(self) -> dict[str, str]:
        return self._env

    def is_ready(self) -> bool:
        return not self.url or health(self.url)[0] == 200


class Stack:
    """What both stacks share."""

    def __init__(self) -> None:
        self.port = free_port(in_a_row=2)  # the second one is the CAS server's
        self.url = f"http://{HOST}:{self.port}"
        self.cas_url = f"http://{HOST}:{self.port + 1}/cas/"
        self.folder = Path(tempfile.mkdtemp(prefix="td-stack-"))
        self.smtp = Smtp()
        self.programs: dict[str, Program] = {}
        self.env = {
            **clean_environment(),
            "DEMO": "1",
            "PORT": str(self.port),
            "SITE_URL": self.url,
            "CAS_SERVER_URL": self.cas_url,
            "VAR_DIR": str(self.folder),
            "EMAIL_URL": self.smtp.url,
            "ACTS_PER_HOUR": "1000",  # the same few people live every test
            "MAILS_PER_HOUR": "0",
            "PYTHONUNBUFFERED": "1",
        }
        self._running = ExitStack()

    def start(self) -> Self:
        raise NotImplementedError

    def stop(self) -> None:
        self._running.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def mails(self, *, to: str = "", subject: str = "") -> list[Mail]:
        return self.smtp.mails(to=to, subject=subject)

    def wait_for_mail(self, *, to: str = "", subject: str = "", seconds: float = 30) -> Mail:
        return self.smtp.wait_for_mail(to=to, subject=subject, seconds=seconds)

    def manage(self, *arguments: str) -> str:
        """Run a management command on the data of this stack and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, check=False, capture_output=True, text=True)
        if done.returncode:
            message = f"manage.py {' '.join(arguments)} : {done.stdout}\n{done.stderr}"
            raise RuntimeError(message)
        return done.stdout

    def health(self) -> tuple[int, dict]:
        return health(self.url)

    def wait_until_healthy(self, *, seconds: float = 60) -> None:
        wait_until(lambda: self.health()[0] == 200, seconds=seconds, what=f"{self.url}/sante/")

    def log(self, name: str) -> str:
        return self.programs[name].log()

    def _enter(self, server: Server) -> None:
        self._running.enter_context(server)

    def _run(self, name: str, *arguments: str, url: str = "") -> Program:
        program = self.programs[name] = Program(name, list(arguments), env=self.env, url=url)
        self._enter(program)
        return program


class EmbeddedStack(Stack):
    """`manage.py demo` itself, its mails sent to an SMTP server so that tests read them."""

    demo: Program

    def start(self) -> Self:
        self._enter(self.smtp)
        self.demo = self._run("demo", "manage.py", "demo", url=self.url)
        return self

    def log(self, name: str) -> str:
        """Return the log of `demo` (the parent), `web`, `worker` or `cas`."""
        path = self.folder / "log" / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else super().log(name)


class FullStack(Stack):
    """PostgreSQL, Redis, SMTP, IMAP, CAS, gunicorn, a prefork worker and beat, each a process."""

    web: Program
    worker: Program
    beat: Program

    def __init__(self) -> None:
        super().__init__()
        self.postgres = Postgres()
        self.redis = Redis()
        self.cas = Cas(service_url=f"{self.url}/", port=self.port + 1)
        self.mailbox = Dovecot()
        self.env |= {
            "CELERY_BROKER_URL": self.redis.url,
            "CACHE_URL": self.redis.cache_url,
            "INBOUND_ADDRESS": INBOUND_ADDRESS,
            "INBOUND_URL": self.mailbox.url,
            "INBOUND_SECONDS": "2",
        }

    def start(self) -> Self:
        for server in (self.postgres, self.redis, self.smtp, self.mailbox, self.cas):
            self._enter(server)
        self.env["DATABASE_URL"] = self.postgres.create_database("teledemande")
        self._prepare()
        self._start_programs()
        self.wait_until_healthy()
        return self

    def _prepare(self) -> None:
        self.manage("migrate", "--no-input", "--verbosity=0")
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        self.manage("load_themes", "--verbosity=0")
        self.manage("load_sample", "--verbosity=0")

    def _start_programs(self) -> None:
        celery = ("-m", "celery", "--app=teledemande.celery:app")
        self.worker = self._run("worker", *celery, "worker", "--concurrency=2", "--loglevel=INFO")
        self.beat = self._run("beat", *celery, "beat", f"--schedule={self.folder / 'beat-schedule'}")
        self.web = self._run(
            "web",
            *("-m", "gunicorn", "teledemande.wsgi", f"--bind={HOST}:{self.port}", "--workers=2"),
            *("--worker-class=gthread", "--threads=4", "--no-control-socket", "--graceful-timeout=2"),
        )
