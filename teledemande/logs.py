"""How a line of log is written."""

import logging
import re

# A single-use link is a password: whoever reads it in a log holds the account.
_LINK = re.compile(r"(/compte/(?:activer|mot-de-passe|adresse-electronique)/)[^/\s?\"']+")


class DiscreetFormatter(logging.Formatter):
    """Write a line, and the traceback below it, without the token of a single-use link."""

    def format(self, record):
        """Return the line."""
        return _LINK.sub(r"\1…", super().format(record))
