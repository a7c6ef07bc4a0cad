"""`python -m tests.services`: start PostgreSQL, Redis, SMTP and CAS until Ctrl-C, and print how to use them.

In another terminal, paste the lines shown, then run pytest as you like.
"""

import os
import signal
import sys
import threading
from contextlib import ExitStack

from tests.services import Cas, Postgres, Redis, Smtp

SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")


def main() -> None:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with ExitStack() as running:
        postgres = running.enter_context(Postgres())
        redis = running.enter_context(Redis())
        smtp = running.enter_context(Smtp())
        cas = running.enter_context(Cas(service_url=f"{SITE_URL}/"))
        exports = {
            "DATABASE_URL": postgres.create_database("teledemande"),
            "CELERY_BROKER_URL": redis.url,
            "CACHE_URL": redis.cache_url,
            "EMAIL_URL": smtp.url,
            "CAS_SERVER_URL": cas.url,
        }
        lines = [f"export {name}={value}" for name, value in exports.items()]
        lines += [f"# courriels reçus : {smtp.mail_folder}", "# Ctrl-C pour arrêter", ""]
        sys.stdout.write("\n".join(lines))
        sys.stdout.flush()
        stopping.wait()


if __name__ == "__main__":
    main()
