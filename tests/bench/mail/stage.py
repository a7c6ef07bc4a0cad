"""The servers, the workers that are killed, who writes and who is told."""

import math
import os
import random
import signal
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.mail.judging import Kept, Row
from tests.bench.stage import Stage
from tests.services import Smtp
from tests.services.process import wait_until
from tests.services.stack import Program

# So that what a worker left is taken up again in seconds: the claim lasts as long as the slowest delivery.
SMTP_SECONDS = 1
# Those of the settings, sixty times shorter and more.
RETRY_SECONDS = "1,1,2,2"
HANDLERS, REQUESTERS = 24, 8
TOLD = HANDLERS + 1  # each act of a requester nobody answers yet: herself and all who could


class MailStage(Stage):
    """Everything of `Stage`, an SMTP server, and workers on both."""

    def __enter__(self):
        self.smtp = Smtp()
        self.smtp.start()
        try:
            return super().__enter__()
        except BaseException:
            self.smtp.close()
            raise

    def __exit__(self, *exception):
        super().__exit__(*exception)
        self.smtp.close()

    def _environment(self, url, redis):
        return super()._environment(url, redis) | {
            "EMAIL_URL": self.smtp.url,
            "EMAIL_TIMEOUT": str(SMTP_SECONDS),
            "MAIL_RETRY_SECONDS": RETRY_SECONDS,
        }

    @contextmanager
    def in_trouble(self, name):
        """Have the SMTP server dawdle or keep silent, or Redis be down, while the block runs."""
        if name == "smtp_slow":
            self.smtp.slow_down(10)
        elif name == "smtp_silent":
            self.smtp.fall_silent(3600)
        elif name == "redis_down":
            self.redis.stop()
        try:
            yield
        finally:
            self.smtp.accept()
            if name == "redis_down":
                self.redis.start()

    def worker(self, *, concurrency=2, is_humble=False, **env):
        """Return a Celery worker, to be entered. Humble, it takes the processor nobody else wants."""
        arguments = ["-m", "celery", "--app=teledemande.celery:app", "worker", f"--concurrency={concurrency}"]
        arguments += ["--loglevel=WARNING", "--without-gossip", "--without-mingle"]
        worker = Worker("worker", arguments, env=self.env | env)
        worker.is_humble = is_humble
        return worker


class Worker(Program):
    """A prefork worker, whose processes may be killed one by one."""

    is_humble = False

    def command(self):
        return ["nice", "-n", "19", *super().command()] if self.is_humble else super().command()

    def is_ready(self):
        return len(self.children()) > 0

    def children(self):
        """Return the pids of the processes that work."""
        if self.process is None:
            return []
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(pid) for pid in path.read_text().split()]
        except OSError:
            return []

    @contextmanager
    def suspended(self):
        """Hold it still while the block runs."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def kill_one(self, draw):
        """`kill -9` one of those that work; return how many were killed."""
        children = self.children()
        if not children:
            return 0
        os.kill(draw.choice(children), signal.SIGKILL)
        return 1

    def kill_parent(self):
        """`kill -9` the parent alone, then what it leaves, and start again; return how many worked."""
        count = len(self.children())
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        time.sleep(0.3)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.start()
        return count

    def memory(self):
        """Return the kilobytes its working processes hold."""
        return sum(_resident(pid) for pid in self.children())


def _resident(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


class Beat:
    """Ask for the sweep every second: the beat of these tests, where minutes last seconds."""

    def __init__(self, seconds=1.0):
        self._stopping = threading.Event()
        self._seconds = seconds
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._stopping.set()
        self._thread.join()

    def _run(self):
        while not self._stopping.wait(self._seconds):
            sweep()


def sweep():
    """Ask for a sweep, as beat does; a broker that is down is not waited for."""
    from kombu.exceptions import OperationalError

    from teledemande.celery import app

    with suppress(OperationalError, OSError):
        options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
        with app.connection_for_write(transport_options=options) as broker:
            app.send_task("notifications.tasks.sweep", connection=broker, retry=False, expires=60)


class Correspondents:
    """People who file and write, on a theme whose handlers are all told as nobody has taken it."""

    def __init__(self, label):
        from tests import factories

        self._factories = factories
        self.theme = factories.LeafFactory(slug=f"courriels-{label}", name="Relevé de notes")
        for _rank in range(HANDLERS):
            factories.handler_on(self.theme)
        self.people = [factories.PersonFactory() for _rank in range(REQUESTERS)]
        self.tickets = []

    def acts(self, notifications):
        """Yield after each act that told TOLD people: each person files, then all write in turn."""
        for number in range(math.ceil(notifications / TOLD)):
            if number < len(self.people):
                self.tickets.append(self._factories.file_ticket(self.people[number], self.theme))
            else:
                ticket = self.tickets[number % len(self.tickets)]
                self._factories.move(ticket, "comment", ticket.requester, message=f"Précision {number}.")
            yield number

    def rows(self):
        """Return the mails written, in their order."""
        from notifications.models import OutgoingEmail

        mails = OutgoingEmail.objects.filter(ticket__in=self.tickets).order_by("pk")
        return [
            Row(
                message_id=mail.headers["Message-ID"],
                to=mail.to,
                state=mail.state,
                answer=mail.answer,
                line=(mail.ticket_id, mail.to),
                tries=mail.attempts,
            )
            for mail in mails.iterator()
        ]


def kept_by(smtp):
    """Return the mails the server keeps, in the order they came."""
    return [
        Kept(str(mail.message["Message-ID"]), tuple(mail.recipients), str(mail.message["To"]))
        for mail in smtp.mails()
    ]


def refused_by(smtp):
    """Return the last words of the server about each mail it refused for good."""
    return {line["message_id"]: line["reply"] for line in smtp.refusals()}


def being_sent():
    """Return the Message-ID of the mails a worker has taken."""
    from notifications.models import MailState, OutgoingEmail

    taken = OutgoingEmail.objects.filter(state=MailState.SENDING).values_list("headers", flat=True)
    return {headers["Message-ID"] for headers in taken}


def wait_until_delivered(*, seconds):
    """Wait until nothing waits any more; tell what still does."""
    from notifications.models import WAITING, OutgoingEmail

    waiting = OutgoingEmail.objects.filter(state__in=WAITING)
    try:
        wait_until(lambda: not waiting.exists(), seconds=seconds, what="tout est parti")
    except TimeoutError:
        print("encore là :", list(waiting.order_by("pk").values_list("state", "answer", "attempts")[:5]))


def drawn(seed):
    """Return the source of chance of one scenario."""
    return random.Random(seed)
