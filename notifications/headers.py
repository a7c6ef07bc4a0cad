"""The headers that make a mail recognisable: by itself, by its thread, by other automates."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from tickets.models import Ticket


def headers_of(uuid: UUID, *, language: str, ticket: Ticket | None = None) -> dict[str, str]:
    """Return the headers of the mail `uuid` in `language`, in the thread of `ticket` if there is one.

    The Message-ID comes from the row: a second sending after a lost answer is recognised as the same mail.
    All mails of a request answer the same message, which never existed: readers put them in one thread.
    """
    headers = {
        "Message-ID": f"<{uuid}@{_host()}>",
        "Auto-Submitted": "auto-generated",
        # Out-of-office answers would come back to us; refusals of delivery must still do so.
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": language,
    }
    if ticket is not None:
        thread = f"<{ticket.reference}@{_host()}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    return headers


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
