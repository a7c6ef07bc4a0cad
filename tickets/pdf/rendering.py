"""From the page of a request to the bytes of its PDF."""

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from tickets.models import Ticket
from tickets.pdf.content import content_of

logger = logging.getLogger(__name__)

_PROGRAM: Final = Path(__file__).with_name("writing.py")
_STYLE: Final = "static/css/pdf.css"
_SECONDS: Final = 50  # below the minute a proxy waits
# It takes a processor: one at a time in this process, others wait a little, then are told to come back.
_PLACE: Final = threading.BoundedSemaphore(1)
_WAIT_SECONDS: Final = 10


class PdfUnavailableError(Exception):
    """No PDF now: too many are being written, the request is too long, or the library does not answer."""


def pdf_of(ticket: Ticket, reader: User, *, is_staff: bool) -> bytes:
    """Return the PDF of all that `reader` may read of `ticket`, notes included if `is_staff`.

    `is_staff` asks for a reader the request is staffed by. Raises PdfUnavailableError.
    """
    page = render_to_string("tickets/pdf.html", content_of(ticket, reader, timezone.now(), is_staff=is_staff))
    if not _PLACE.acquire(timeout=_WAIT_SECONDS):
        raise PdfUnavailableError
    try:
        return _written(page, ticket.pk)
    finally:
        _PLACE.release()


def _written(page: str, ticket_pk: int) -> bytes:
    command = [sys.executable, "-I", str(_PROGRAM), str(settings.BASE_DIR / _STYLE)]
    options: dict[str, Any] = {"input": page.encode(), "capture_output": True, "timeout": _SECONDS}
    try:
        done = subprocess.run(command, check=True, **options)  # noqa: S603 -- our own program
    except subprocess.TimeoutExpired as error:
        logger.warning("PDF of request %d: more than %d s", ticket_pk, _SECONDS)
        raise PdfUnavailableError from error
    except subprocess.CalledProcessError as error:
        # The last line is the class of the error and names a library, never the words of the request.
        reason = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or [str(error.returncode)]
        logger.error("PDF of request %d: %s", ticket_pk, reason[0][:200])  # noqa: TRY400 -- said in one line
        raise PdfUnavailableError from error
    return done.stdout
