"""PostgreSQL, Redis, the corpus, and gunicorn with the settings of production."""

import os
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.services import Postgres, Redis
from tests.services.process import HOST, Server, free_port
from tests.services.stack import Program, clean_environment

SEED = 20_261_127
WORKERS, THREADS = 2, 4
_UNBOUNDED = str(10**12)


class Stage:
    """Everything the bench needs; leaves nothing behind.

    `database_url`: a PostgreSQL database, empty, to use instead of a cluster of its own.
    """

    def __init__(self, database_url=""):
        self._running = ExitStack()
        self._database_url = database_url
        self.port = free_port()

    def __enter__(self):
        with ExitStack() as starting:
            self._folder = Path(starting.enter_context(tempfile.TemporaryDirectory(prefix="td-bench-")))
            self.redis = redis = starting.enter_context(Redis())
            url = self._database_url
            if not url:
                url = starting.enter_context(Postgres()).create_database("teledemande")
            self.env = self._environment(url, redis)
            self._prepare()
            self._running = starting.pop_all()
        return self

    def __exit__(self, *exception):
        self._running.close()

    def _environment(self, url, redis):
        return clean_environment() | {
            "DATABASE_URL": url,
            "CELERY_BROKER_URL": redis.url,
            "CACHE_URL": redis.cache_url,
            "VAR_DIR": str(self._folder),
            "ATTACHMENTS_DIR": str(self._folder / "attachments"),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"http://{HOST}:{self.port}",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "LOG_LEVEL": "WARNING",
            # What one person may do in an hour: asked of the database as always, and never reached.
            "ACTS_PER_HOUR": _UNBOUNDED,
            "FILES_MAX_BYTES_A_DAY": _UNBOUNDED,
            "MAILS_PER_HOUR": "0",  # no breaker: the same few addresses hear of everything
        }

    def _prepare(self):
        """Have this process read the same database as the server, and lay the ground."""
        import django
        from django.core.management import call_command

        os.environ.update(self.env)
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_themes", verbosity=0)

    def fill(self, count):
        """Bring the corpus to `count` requests, and let the database know its shape."""
        from django.core.management import call_command
        from django.db import connection

        from tickets.models import Ticket

        missing = count - Ticket.objects.count()
        if missing > 0:
            call_command("seed_corpus", tickets=missing, seed=SEED, add=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def serve(self):
        """Return gunicorn, to be entered: two workers, no DEBUG, everything named as production wants it."""
        production = {
            "PRODUCTION": "1",
            "CAS_SERVER_URL": f"http://{HOST}:9/cas/",
            "CLAMD_URL": "",
            "EMAIL_URL": f"smtp://{HOST}:9",
            "DEFAULT_FROM_EMAIL": "Bench <bench@example.org>",
        }
        arguments = [
            *("-m", "gunicorn", "teledemande.wsgi", f"--bind={HOST}:{self.port}", f"--workers={WORKERS}"),
            *("--worker-class=gthread", f"--threads={THREADS}", "--no-control-socket", "--timeout=60"),
        ]
        return Web("web", arguments, env=self.env | production, port=self.port)


class Web(Program):
    """gunicorn, ready when its port is taken: the page of health would want a worker."""

    def __init__(self, name, arguments, *, env, port):
        super().__init__(name, arguments, env=env)
        self.port = port

    def is_ready(self):
        return Server.is_ready(self)
