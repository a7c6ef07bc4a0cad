"""The parts of `make test`: what each runs, in what environment, and which Debian packages it needs."""

import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import Postgres, Redis
from tests.services.stack import clean_environment

ROOT = Path(__file__).resolve().parent.parent
SERVERS = ("postgresql", "postgresql-contrib", "redis-server", "clamav-daemon", "dovecot-imapd")
PDF = ("libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
BROWSER = ("chromium", "fonts-dejavu-core")
# A part that hangs is stopped and reported; pytest-timeout names the test before that.
COMMAND_SECONDS = 1800


@dataclass
class Outcome:
    """How a part ended; a command that is not pytest counts for one test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""

    def add(self, other: "Outcome") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


@dataclass
class Part:
    name: str
    title: str
    run: Callable[[list[str]], Outcome]
    packages: tuple[str, ...] = field(default=())


@contextmanager
def environment(**values: str) -> Iterator[dict[str, str]]:
    """Give an environment that says nothing of another service, with a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="td-test-") as folder:
        yield {**clean_environment(), "VAR_DIR": folder, "PYTHONUNBUFFERED": "1", **values}


# --- commands ---------------------------------------------------------------------------------------


def command(label: str, *arguments: str | Path, env: dict[str, str]) -> Outcome:
    """Run one command; its output is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(arguments, env=env, cwd=ROOT, check=False, capture_output=True, text=True)
    good = done.returncode == 0
    print(f"{'bon  ' if good else 'ÉCHEC'} {label} ({time.monotonic() - started:.1f} s)", flush=True)
    if not good:
        print(f"$ {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}", flush=True)
    return Outcome(passed=int(good), failed=int(not good))


def commands(lines: dict[str, tuple[str, ...]], **values: str) -> Outcome:
    """Run every command even when one fails: all that is wrong is said at once."""
    total = Outcome()
    with environment(**values) as env:
        for label, arguments in lines.items():
            total.add(command(label, *arguments, env=env))
    return total


def lint(_options: list[str]) -> Outcome:
    ci = Path(__file__).resolve().parent
    return commands(
        {
            "ruff check": ("ruff", "check", "."),
            "ruff format": ("ruff", "format", "--check", "."),
            # Rules only: its formatter breaks <title> and the words of mails over several lines.
            "djlint": ("djlint", "--quiet", "--lint", "templates", "deploy"),
            "import-linter": ("lint-imports",),
            "secrets": (sys.executable, str(ci / "secrets_check.py")),
            "adresses": (sys.executable, str(ci / "addresses_check.py")),
        }
    )


def types(_options: list[str]) -> Outcome:
    apps = ("teledemande", "accounts", "categories", "tickets", "notifications", "tests/services")
    return commands({"mypy": ("mypy", *apps)})


def migrations(_options: list[str]) -> Outcome:
    manage = (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    return commands({"makemigrations --check": manage})


def deploy(_options: list[str]) -> Outcome:
    """Check the settings as production has them: the values of deploy/environment.example."""
    manage = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    return commands({"check --deploy": manage}, **example_environment())


def example_environment() -> dict[str, str]:
    lines = (ROOT / "deploy" / "environment.example").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    del values["SECRET_KEY_FILE"], values["VAR_DIR"]  # neither is on this machine
    return {**values, "SECRET_KEY": secrets.token_urlsafe(50)}


# --- pytest -----------------------------------------------------------------------------------------


def pytest(arguments: list[str], env: dict[str, str]) -> Outcome:
    """Run pytest with its output shown; no test at all is a failure."""
    report = Path(env["VAR_DIR"], "report.xml")
    line = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
    try:
        code = subprocess.run(line, env=env, cwd=ROOT, check=False, timeout=COMMAND_SECONDS).returncode
    except subprocess.TimeoutExpired:
        return Outcome(failed=1, note=f"arrêté après {COMMAND_SECONDS} s")
    outcome = counted(report)
    if code and not outcome.failed:
        outcome.failed = 1
        outcome.note = "aucun test" if code == 5 else f"pytest a rendu {code}"
    return outcome


def counted(report: Path) -> Outcome:
    """Return the figures of a JUnit report, empty when pytest wrote none."""
    if not report.exists():
        return Outcome()
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 -- written by pytest, just now
    total = Outcome()
    for suite in suites:
        tests, errors, failures, skipped = (
            int(suite.get(name, 0)) for name in ("tests", "errors", "failures", "skipped")
        )
        failed = errors + failures
        total.add(Outcome(passed=tests - failed - skipped, failed=failed, skipped=skipped))
    return total


def sqlite(options: list[str]) -> Outcome:
    with environment() as env:
        return pytest(["-m", "not postgres and not services and not browser", *options], env)


def postgres(options: list[str]) -> Outcome:
    with Postgres() as database, Redis() as redis:
        values = {
            "DATABASE_URL": database.create_database("teledemande"),
            "CELERY_BROKER_URL": redis.url,
            "CACHE_URL": redis.cache_url,
        }
        with environment(**values) as env:
            return pytest(["-m", "not browser", *options], env)


def browser(stack: str) -> Callable[[list[str]], Outcome]:
    def run(options: list[str]) -> Outcome:
        with environment(TEST_STACK=stack, DJANGO_ALLOW_ASYNC_UNSAFE="true") as env:
            return pytest(["-m", "browser", "tests/e2e", *options], env)

    return run


PARTS = {
    part.name: part
    for part in (
        Part("lint", "style, gabarits, architecture, secrets", lint),
        Part("types", "mypy", types),
        Part("migrations", "rien à migrer d’oublié", migrations),
        Part("deploy", "réglages de production", deploy),
        Part("sqlite", "tests sur SQLite", sqlite, PDF),
        Part("postgres", "tests sur PostgreSQL, Redis, SMTP, CAS et ClamAV", postgres, SERVERS + PDF),
        Part("embedded", "navigateur sur la démonstration", browser("embedded"), PDF + BROWSER),
        Part(
            "full", "navigateur sur PostgreSQL, Redis, SMTP et CAS", browser("full"), SERVERS + PDF + BROWSER
        ),
    )
}
