"""Run parts two at a time, each in a process of its own that writes to a file; show it when it has ended.

Parts wait for servers and browsers half of their time: two cores hold two of them. What tells soonest goes
first, then the longest.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from parts import Outcome, Part

LANES = 2
LONGEST_FIRST = ("full", "postgres", "sqlite", "embedded")


def in_order(parts: list[Part]) -> list[Part]:
    """Return the parts as they are to be started."""
    return sorted(
        parts, key=lambda part: LONGEST_FIRST.index(part.name) if part.name in LONGEST_FIRST else -1
    )


def run_side_by_side(
    parts: list[Part], run: Callable[[str], Outcome], done: Callable[[str, Outcome], None]
) -> None:
    """Call `run(name)` for each part in another process, `done(name, outcome)` here as each one ends."""
    with (
        tempfile.TemporaryDirectory(prefix="td-lanes-") as folder,
        ProcessPoolExecutor(LANES, mp_context=multiprocessing.get_context("fork")) as executor,
    ):
        waiting: dict[Future[Outcome], Part] = {}
        for part in in_order(parts):
            waiting[executor.submit(_run_apart, run, part.name, Path(folder, part.name))] = part
        try:
            for future in as_completed(waiting):
                part = waiting[future]
                _show(Path(folder, part.name))
                done(part.name, future.result())
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            _interrupt_children()
            raise


def _run_apart(run: Callable[[str], Outcome], name: str, output: Path) -> Outcome:
    """Run in a process of the pool, whose output goes to a file with that of all it starts."""
    print(f"… {name} ({time.strftime('%H:%M:%S')})", flush=True)
    kept = os.dup(1), os.dup(2)
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            return run(name)
        finally:
            sys.stdout.flush()
            for descriptor, number in zip(kept, (1, 2), strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)


def _show(output: Path) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(output.read_bytes())
    sys.stdout.flush()


def _interrupt_children() -> None:
    # Taken as Ctrl-C (test.py): each stops its servers on the way out.
    for child in multiprocessing.active_children():
        if child.pid:
            os.kill(child.pid, signal.SIGTERM)
