"""The cast and the stage of every test.

People, each in one situation (names are made up): `lea` and `marc` file requests, `ines` is a stranger to
all of them; on the branch `studies`, `claire` and `colette` are handlers, `oscar` observes, `mathilde`
manages; `bruno` is a handler of the other branch, `finances`; `adam` administers without any role.
Themes: `studies` → `enrolment` → `late_enrolment` (leaf), `studies` → `transcripts` (leaf), `studies` →
`alert` (confidential leaf); `finances` → `refunds` (leaf).
"""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages

from categories.enums import RoleKind
from categories.roles import grant_role
from tests import factories
from tests.services import Clamd
from tests.strictness import NoSuchVariable, StrictClient

# Playwright runs an event loop in the thread of the tests, and Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_configure(config):
    """Change what only tests need: quick passwords, plain static files, undefined variables that fail."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The handler copied the settings when the models named their storage: change its copy.
    storages.backends["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = NoSuchVariable()
    if "CELERY_BROKER_URL" not in os.environ:
        settings.CELERY_BROKER_URL = "memory://"
        settings.CELERY_BROKER_TRANSPORT = None
        settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}


def pytest_collection_modifyitems(config, items):
    """Skip, saying why, what only PostgreSQL can prove; leave to SQLite what asks no database."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        _leave_out_what_asks_no_database(config, items)
        return
    reason = pytest.mark.skip(reason="needs PostgreSQL: DATABASE_URL names SQLite")
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(reason)


def _leave_out_what_asks_no_database(config, items):
    # Run once already, on SQLite; named on the command line, a test runs all the same.
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    kept = [item for item in items if "services" in item.keywords or asks_a_database(item)]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


def asks_a_database(item):
    """Tell whether a test may read or write the database."""
    asked = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


# --- stage -------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def attachments_dir(tmp_path):
    """Return the folder where this test's attachments go."""
    folder = tmp_path / "attachments"
    storage = storages["attachments"]  # the one the models hold: it reads its place once, and keeps it
    kept = storage._location
    _place(storage, str(folder))
    yield folder
    _place(storage, kept)


def _place(storage, location):
    storage._location = location
    storage.__dict__.pop("base_location", None)
    storage.__dict__.pop("location", None)


@pytest.fixture
def stored(attachments_dir):
    """Return a function that lists the files on disk."""
    return lambda: sorted(path for path in Path(attachments_dir).rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def clamd_server():
    """A real ClamAV that knows EICAR alone: started once, by the first test that asks."""
    with Clamd() as server:
        yield server


@pytest.fixture
def clamd(clamd_server, settings):
    """Have files checked by the real ClamAV; a test may stop it and start it again."""
    settings.CLAMD_URL = clamd_server.url
    yield clamd_server
    if not clamd_server.is_alive():
        clamd_server.start()


@pytest.fixture
def client():
    """Return a browser nobody is signed in with."""
    return StrictClient()


@pytest.fixture
def client_of(db):
    """Return a function that gives a browser with a person signed in."""

    def sign_in(person):
        browser = StrictClient()
        browser.force_login(person)
        return browser

    return sign_in


# --- themes --------------------------------------------------------------------------------------------
@pytest.fixture
def service(db):
    return factories.ServiceFactory(slug="scolarite", name="Service de la scolarité")


@pytest.fixture
def studies(db):
    return factories.BranchFactory(slug="etudes", name="Études")


@pytest.fixture
def enrolment(studies):
    return factories.BranchFactory(slug="inscription", name="Inscription", parent=studies)


@pytest.fixture
def late_enrolment(enrolment, service):
    return factories.LeafFactory(
        slug="inscription-tardive", name="Inscription tardive", parent=enrolment, service=service
    )


@pytest.fixture
def transcripts(studies, service):
    return factories.LeafFactory(
        slug="releve-de-notes",
        name="Relevé de notes",
        parent=studies,
        service=service,
        silence_rule="acceptance",
        silence_months=2,
    )


@pytest.fixture
def alert(studies, service):
    return factories.LeafFactory(
        slug="signalement", name="Signalement", parent=studies, service=service, is_confidential=True
    )


@pytest.fixture
def finances(db):
    return factories.BranchFactory(slug="finances", name="Finances", position=1)


@pytest.fixture
def refunds(finances):
    service = factories.ServiceFactory(slug="comptabilite", name="Agence comptable")
    return factories.LeafFactory(slug="remboursement", name="Remboursement", parent=finances, service=service)


# --- people ----------------------------------------------------------------------------------------------
@pytest.fixture
def lea(db):
    """A student, through CAS."""
    return factories.PersonFactory(login="lea.fontaine", first_name="Léa", last_name="Fontaine")


@pytest.fixture
def marc(db):
    """Somebody from outside, with a local account."""
    return factories.LocalPersonFactory(
        email="marc.aubert@example.org", first_name="Marc", last_name="Aubert"
    )


@pytest.fixture
def ines(db):
    """A stranger to everybody's requests."""
    return factories.PersonFactory(login="ines.marchand", first_name="Inès", last_name="Marchand")


def _staff(login, first_name, last_name, theme, kind):
    person = factories.PersonFactory(login=login, first_name=first_name, last_name=last_name)
    grant_role(person, theme, kind)
    return person


@pytest.fixture
def claire(studies):
    """The handler who takes charge."""
    return _staff("claire.dumas", "Claire", "Dumas", studies, RoleKind.HANDLER)


@pytest.fixture
def colette(studies):
    """Claire's colleague."""
    return _staff("colette.roux", "Colette", "Roux", studies, RoleKind.HANDLER)


@pytest.fixture
def oscar(studies):
    """An observer."""
    return _staff("oscar.petit", "Oscar", "Petit", studies, RoleKind.OBSERVER)


@pytest.fixture
def mathilde(studies):
    """The manager."""
    return _staff("mathilde.leroy", "Mathilde", "Leroy", studies, RoleKind.MANAGER)


@pytest.fixture
def bruno(finances):
    """A handler of another theme."""
    return _staff("bruno.garnier", "Bruno", "Garnier", finances, RoleKind.HANDLER)


@pytest.fixture
def adam(db):
    """An administrator who has no role on any theme."""
    return factories.PersonFactory(
        login="adam.colin", first_name="Adam", last_name="Colin", is_staff=True, is_superuser=True
    )
