"""What every cleaner says of a picture it does not understand."""


class CannotCleanError(Exception):
    """The picture is not built as its format says: it is kept as it came."""


# More parts than this, a picture was made to keep somebody busy.
MAX_PARTS = 100_000
