"""Real servers for tests, each in its own process, on free ports, in temporary folders.

    from tests.services import EmbeddedStack, FullStack, Postgres, Redis, Smtp, Cas, Clamd

Every server is a context manager; `start()` returns when it answers, `stop()` leaves nothing behind, and
both may be called again on the same address (`kill()` is `kill -9`):

    with Smtp() as smtp:                      smtp.url, smtp.port
        smtp.refuse("451 4.3.0 Plus tard")    # at DATA; stage="rcpt" for an unknown recipient
        smtp.slow_down(12)                    # seconds before the answer to DATA
        smtp.accept()                         # as at the start
        smtp.mails(to="lea@…")                # list of Mail, oldest first
        smtp.wait_for_mail(to="lea@…", subject="reçue")
    with Postgres() as postgres:              postgres.url; postgres.create_database("name") -> url
    with Redis() as redis:                    redis.url (broker), redis.cache_url
    with Clamd() as clamd:                    clamd.url; its only signature is that of EICAR
    with Dovecot() as mailbox:                mailbox.url (IMAP); mailbox.put(raw), mailbox.count("INBOX")
    with Http() as http:                      http.url; http.answer(503), http.misbehave("drip")
    with Cas(service_url="http://127.0.0.1:8000/") as cas:    cas.url

A stack is the whole service, with the themes and the sample loaded:

    with EmbeddedStack() as stack:            # `manage.py demo` itself: SQLite, embedded broker
    with FullStack() as stack:                # PostgreSQL, Redis, IMAP, gunicorn, worker, beat
        stack.url, stack.cas_url              # « http://127.0.0.1:NNNN », « http://127.0.0.1:MMMM/cas/ »
        stack.mails(...), stack.wait_for_mail(...)     # both send through a real SMTP server
        stack.smtp                            # the same switches as above
        stack.manage("command", "argument")   # runs manage.py on its data, returns what it printed
        stack.env                             # its environment, for other programs
        stack.log("web")                      # what a part wrote
    FullStack also has stack.postgres, stack.redis, stack.cas, stack.mailbox (answers come back there),
    stack.web, stack.worker, stack.beat:
        stack.redis.stop(); …; stack.redis.start(); stack.worker.kill(); stack.worker.start()

By hand: `python -m tests.services` starts PostgreSQL, Redis, SMTP and CAS and prints the environment.
`missing(*names)` tells which Debian packages this machine lacks.
"""

from tests.services.cas import Cas
from tests.services.clamd import Clamd
from tests.services.debian import missing
from tests.services.dovecot import Dovecot
from tests.services.http import Http
from tests.services.mail import Mail
from tests.services.postgres import Postgres
from tests.services.process import Server, ServerError
from tests.services.redis_server import Redis
from tests.services.smtp import Smtp
from tests.services.stack import EmbeddedStack, FullStack, Stack

__all__ = [
    "Cas",
    "Clamd",
    "Dovecot",
    "EmbeddedStack",
    "FullStack",
    "Http",
    "Mail",
    "Postgres",
    "Redis",
    "Server",
    "ServerError",
    "Smtp",
    "Stack",
    "missing",
]
