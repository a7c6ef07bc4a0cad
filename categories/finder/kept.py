"""One index in the memory of each process, built again when what it was built from has changed.

The truth stays in the database: whoever asks gives the key of what it holds now, read in the same request, so
that no process ever answers with words another one has changed.
"""

from threading import Lock


class Kept:
    """A value and the key it was built for."""

    def __init__(self):
        self._lock = Lock()
        self._pair = (None, None)

    def get(self, key, build):
        """Return the value built for `key`, calling `build()` when the one kept is for another key."""
        kept_key, value = self._pair  # read at once: another thread may replace both
        if value is not None and kept_key == key:
            return value
        with self._lock:
            kept_key, value = self._pair
            if value is None or kept_key != key:
                value = build()
                self._pair = (key, value)
            return value
