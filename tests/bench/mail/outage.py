"""Redis and the SMTP server stop, people go on filing, both come back: all leaves, in order."""

import time
from contextlib import ExitStack

from tests.bench.mail.judging import judge
from tests.bench.mail.stage import Beat, Correspondents, kept_by, refused_by, wait_until_delivered


def run(stage, *, notifications, seconds=4):
    """Return (verdict, how many were written, seconds from the return of both to the last mail)."""
    stage.smtp.forget()
    people = Correspondents("panne")
    acts = people.acts(notifications)
    with ExitStack() as running:
        for _number in range(2):
            running.enter_context(stage.worker())
        running.enter_context(Beat())
        for _number in range(4):
            next(acts)
        wait_until_delivered(seconds=30)
        stage.smtp.stop()
        _write(acts, seconds / 2, at_most=notifications // 50)
        stage.redis.stop()
        _write(acts, seconds / 2)
        stage.redis.start()
        stage.smtp.start()
        started = time.monotonic()
        wait_until_delivered(seconds=60)
        took = time.monotonic() - started
    rows = people.rows()
    return judge(rows, kept_by(stage.smtp), refused_by(stage.smtp)), len(rows), took


def _write(acts, seconds, at_most=None):
    started = time.monotonic()
    for count, _number in enumerate(acts, start=1):
        if count == at_most:
            break
    time.sleep(max(0.0, started + seconds - time.monotonic()))
