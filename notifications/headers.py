"""The headers that make a mail recognisable: by itself, by its thread, by other automates."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from accounts.models import User
from notifications.inbound.addresses import is_open, reply_address
from tickets.models import Ticket

# Ours, so that what comes back to us is known.
LOOP = "X-Teledemande-Loop"


def headers_of(
    uuid: UUID, *, language: str, ticket: Ticket | None = None, answers: User | None = None
) -> dict[str, str]:
    """Return the headers of the mail `uuid` in `language`, in the thread of `ticket` if there is one.

    `answers`: who may answer it by mail, at an address of her own.

    The Message-ID comes from the row: a second sending after a lost answer is recognised as the same mail.
    All mails of a request answer the same message, which never existed: readers put them in one thread.
    """
    headers = {
        "Message-ID": f"<{uuid}@{host()}>",
        LOOP: host(),
        "Auto-Submitted": "auto-generated",
        # Out-of-office answers would come back to us; refusals of delivery must still do so.
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": language,
    }
    if ticket is not None:
        thread = f"<{ticket.reference}@{host()}>"
        headers |= {"In-Reply-To": thread, "References": thread}
        if answers is not None and is_open():
            headers["Reply-To"] = reply_address(ticket.pk, answers.pk)
    return headers


def host() -> str:
    """Return the name of the site, which its mails bear."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
