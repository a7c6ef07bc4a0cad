"""Keep the answers to health probes out of the log."""

import logging


class NotProbe(logging.Filter):
    """Drop the lines that « django.request » writes about /sante/."""

    def filter(self, record):
        """Whether to keep the line."""
        request = getattr(record, "request", None)
        return getattr(request, "path", "") != "/sante/"
