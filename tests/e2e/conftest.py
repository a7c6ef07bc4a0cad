"""The stage of the browser tests.

`TEST_STACK` chooses the service: `embedded` (the default: `manage.py demo` itself) or `full` (PostgreSQL,
Redis, gunicorn, worker, beat). Both send mails through a real SMTP server and sign in through a real CAS
server. Axe and the camera see the full service; `TEST_SCREENSHOTS` names the folder of the pictures, and has
them taken in the embedded one too.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.looks import VIEWS, Looks
from tests.e2e.stage import TIMEOUT_MS, Stage
from tests.services import EmbeddedStack, FullStack

IS_FULL = os.environ.get("TEST_STACK", "embedded") == "full"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

LOGS = ("web", "worker") if IS_FULL else ("demo", "web", "worker", "cas")

# Only processes of our own can be stopped one by one; sixty-nine themes are filed in one service; one has a
# mailbox.
collect_ignore = [] if IS_FULL else ["test_failures.py", "test_every_theme.py", "test_answers_by_mail.py"]


@pytest.fixture(scope="session")
def stack():
    """The service, started once."""
    with FullStack() if IS_FULL else EmbeddedStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "Chromium n’est pas installé : sudo apt-get install chromium"
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def looks(tmp_path_factory):
    """Return who looks at pages, and where the pictures go."""
    folder = os.environ.get("TEST_SCREENSHOTS")
    if not folder:
        # The pages of both services are the same: they are looked at in one.
        views = VIEWS if IS_FULL else ()
        return Looks(tmp_path_factory.mktemp("pictures"), views)
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Looks(folder)


@pytest.fixture(scope="session")
def _sessions():
    return {}


@pytest.fixture
def stage(browser, stack, looks, _sessions):
    """Return the stage; a test whose browsers reported a fault fails at its end."""
    stage = Stage(browser, stack, looks, _sessions)
    yield stage
    faults = stage.close()
    if faults:
        print("\n".join(f"=== {name}\n{stack.log(name)[-2000:]}" for name in LOGS))  # noqa: T201 -- shown
    assert faults == []


@pytest.fixture
def lea(stage):
    """A student who files requests."""
    return stage.member("lea.fontvieille")


@pytest.fixture
def ines(stage):
    """A handler of the theme the tests use."""
    return stage.member("ines.calanquet")
