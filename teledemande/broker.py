"""The embedded broker: kombu's filesystem transport, made safe for several processes on one machine.

The stock transport writes a message into the folder its readers list: a reader may take a file that is
still empty, and the task is lost (kombu issue 1551). It also passes messages through the system's
temporary folder, where a move may be a copy that two readers both win, and names them by a clock that
restarts at zero with the machine. Here a message appears whole, by one rename, and is taken by another.

A message taken by a worker that is killed is lost all the same: the outbox is the truth, the broker
only wakes workers up. Production uses Redis.
"""

import fcntl
import os
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from queue import Empty

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Messages are files of `data_folder_out`; tables of exchanges are files of `control_folder`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue, payload, **kwargs):  # type: ignore[override] # kombu's own two signatures differ
        """Write aside, reach the disk, then appear: a listed message is a complete one."""
        name = f"{time.time_ns()}_{uuid.uuid4()}"
        aside = Path(self.data_folder_out, f".{name}")  # nothing before the first dot: no queue's message
        with aside.open("w", encoding="utf-8") as file:
            file.write(dumps(payload))
            file.flush()
            os.fsync(file.fileno())
        aside.rename(aside.with_name(f"{name}.{queue}.msg"))

    def _get(self, queue, timeout=None):
        """Take the oldest message of `queue`; of two readers the rename lets one win."""
        names = os.listdir(self.data_folder_in)
        for name in sorted(name for name in names if name.partition(".")[2] == f"{queue}.msg"):
            taken = Path(self.data_folder_in, f".{uuid.uuid4()}.taken")
            try:
                Path(self.data_folder_in, name).rename(taken)
            except FileNotFoundError:
                continue
            payload = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(payload)
        raise Empty

    def _queue_bind(self, *args):
        with self._one_at_a_time():
            super()._queue_bind(*args)

    def get_table(self, exchange):
        with self._one_at_a_time():
            return super().get_table(exchange)

    @contextmanager
    def _one_at_a_time(self):
        # The stock code empties a table before it locks it: a reader in between would find no JSON.
        with Path(self.control_folder, ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """Named in the settings: `CELERY_BROKER_TRANSPORT = "teledemande.broker:Transport"`."""

    Channel = Channel
    # Seconds between two looks into the folder; the stock second is felt by somebody who waits for a mail.
    polling_interval = 0.25
