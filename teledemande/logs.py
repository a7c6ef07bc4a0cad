"""How a line of log is written."""

import logging
import re

# Such a link is a password: whoever reads it in a log holds the account, or reads the request.
_LINK = re.compile(
    r"((?:/compte/(?:activer|mot-de-passe|adresse-electronique|adresse-a-verifier)"
    r"|/demandes/invitation|/courriels/resumes)/)[^/\s?\"']+"
)


class DiscreetFormatter(logging.Formatter):
    """Write a line, and the traceback below it, without the token of a link that opens something."""

    def format(self, record):
        """Return the line."""
        return _LINK.sub(r"\1…", super().format(record))
