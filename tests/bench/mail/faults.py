"""Workers, their parents and Redis are killed with -9 while mails are written to a server in a mood."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench.mail.judging import Verdict, judge
from tests.bench.mail.stage import (
    SMTP_SECONDS,
    TOLD,
    Beat,
    Correspondents,
    being_sent,
    drawn,
    kept_by,
    refused_by,
    wait_until_delivered,
)

KILLS = 10
KILLING_SECONDS = 20
MOOD = {"r421": 0.02, "r451": 0.03, "r550": 0.02, "drop": 0.02, "hang": 0.005}


@dataclass
class Storm:
    """What was killed, what was being sent then, and what came of the mails."""

    seed: int
    written: int = 0
    killed: list[str] = field(default_factory=list)
    working: int = 0  # processes killed that may have been sending one mail each
    in_flight: set[str] = field(default_factory=set)
    verdict: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0

    @property
    def strays(self) -> list[str]:
        """Mails that came twice though no kill caught them."""
        return [one for one in self.verdict.repeated if one not in self.in_flight]

    @property
    def is_met(self) -> bool:
        wrong = self.verdict.lost or self.verdict.misaddressed or self.strays
        return not wrong and self.verdict.duplicates <= self.working and len(self.killed) >= KILLS


def run(stage, *, notifications, seed, seconds=KILLING_SECONDS):
    """Return the Storm: at least `notifications` mails, KILLS kills over `seconds`."""
    storm, draw, started = Storm(seed), drawn(seed), time.monotonic()
    stage.smtp.forget()
    people = Correspondents("tempete")
    with ExitStack() as running:
        workers = [running.enter_context(stage.worker()) for _number in range(2)]
        stage.smtp.misbehave(seed=seed, silence=SMTP_SECONDS * 3, **MOOD)
        running.enter_context(Beat())
        # Here, not there: a process started by a thread dies with it.
        with ThreadPoolExecutor(1) as executor:
            writing = executor.submit(_write, people, notifications, seconds)
            _kill(stage, workers, draw, seconds, storm)
            writing.result()
        wait_until_delivered(seconds=seconds * 2 + 60)
    rows = people.rows()
    storm.written = len(rows)
    storm.verdict = judge(rows, kept_by(stage.smtp), refused_by(stage.smtp))
    storm.seconds = time.monotonic() - started
    stage.smtp.accept()
    return storm


def _write(people, notifications, seconds):
    """Write while it happens: act by act, over as long as the kills."""
    from django.db import connection

    started = time.monotonic()
    for number in people.acts(notifications):
        due = started + seconds * number * TOLD / notifications
        time.sleep(max(0.0, due - time.monotonic()))
    connection.close()


def _kill(stage, workers, draw, seconds, storm):
    kinds = [
        "worker",
        "parent",
        "redis",
        *draw.choices(["worker", "parent", "redis"], (5, 3, 2), k=KILLS - 3),
    ]
    draw.shuffle(kinds)
    for kind in kinds:
        time.sleep(draw.uniform(0.5, 1.5) * seconds / KILLS / 2)
        storm.in_flight |= being_sent()
        storm.working += _kill_one(kind, stage, draw.choice(workers), draw)
        storm.in_flight |= being_sent()
        storm.killed.append(kind)


def _kill_one(kind, stage, worker, draw):
    if kind == "redis":
        stage.redis.kill()
        time.sleep(draw.uniform(0.2, 1.0))
        stage.redis.start()
        return 0
    return worker.kill_parent() if kind == "parent" else worker.kill_one(draw)
