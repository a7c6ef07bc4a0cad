"""No orphan: a process asks the Linux kernel to be killed when the process that started it dies.

A signal handler would not do: `kill -9` of the parent runs no handler. The request is not inherited,
so each generation makes its own: children by `preexec_fn`, gunicorn's workers and Celery's beat by hooks.
"""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)


def die_with(parent_pid: int) -> None:
    """Be killed when the parent dies; at once if it is already dead. Call it in the new process.

    The kernel watches the parent's *thread* that forked: start children from the main thread.
    """
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)


def die_with_current_parent() -> None:
    """Same, for hooks that do not know the pid of the parent."""
    die_with(os.getppid())
