"""Fetch mails from the mailbox (IMAP, RFC 3501). A mail leaves it once it is kept here, never before."""

import imaplib
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError
from imap_tools import BaseMailBox, MailBox, MailboxFolderCreateError, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from notifications.inbound.reception import receive

logger = logging.getLogger(__name__)

# Where the mails that were kept go: the mailbox stays a second copy, which its owner empties when she wants.
DONE: Final = "Traites"
_BATCH: Final = 50


@dataclass(frozen=True)
class _Place:
    host: str
    port: int
    user: str
    password: str
    folder: str
    is_encrypted: bool


class _NotKeptError(Exception):
    """The database or the storage refused a mail: it is still in the mailbox."""


def fetch() -> int:
    """Keep the mails of the mailbox, oldest first, and return how many were.

    Nothing when no mailbox is set. A server that does not answer is logged, and so is a mail that could not
    be kept, which stops the run: the next one tries again.
    """
    if not settings.INBOUND_URL:
        return 0
    place = _place(settings.INBOUND_URL)
    count = 0
    try:
        with _opened(place) as mailbox:
            for uid in mailbox.uids()[:_BATCH]:
                count += _fetched(mailbox, uid)
    except _NotKeptError as error:
        # No traceback: it would name files.
        logger.warning("mail not kept, left in the mailbox: %s", type(error.__cause__).__name__)
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        # The name of the failure alone: some servers repeat the password in theirs.
        logger.warning("mailbox unreachable: %s", type(error).__name__)
    return count


def _place(url: str) -> _Place:
    parts = urlsplit(url)
    is_encrypted = parts.scheme == "imap+ssl"
    return _Place(
        host=parts.hostname or "localhost",
        port=parts.port or (993 if is_encrypted else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_encrypted=is_encrypted,
    )


@contextmanager
def _opened(place: _Place):
    kind = MailBox if place.is_encrypted else MailBoxUnencrypted
    box = kind(place.host, place.port, timeout=settings.INBOUND_TIMEOUT)
    with box.login(place.user, place.password, initial_folder=place.folder) as mailbox:
        _make_folder(mailbox)
        yield mailbox


def _make_folder(mailbox: BaseMailBox) -> None:
    if mailbox.folder.exists(DONE):
        return
    try:
        mailbox.folder.create(DONE)
    except MailboxFolderCreateError:
        logger.info("folder %s: made by another worker", DONE)


def _fetched(mailbox: BaseMailBox, uid: str) -> int:
    raw = _raw(mailbox, uid)
    if raw is None:  # another worker moved it meanwhile
        return 0
    try:
        receive(raw)
    except (DatabaseError, OSError) as error:
        raise _NotKeptError from error
    mailbox.move([uid], DONE)
    return 1


def _raw(mailbox: BaseMailBox, uid: str) -> bytes | None:
    # The bytes themselves, not what the library understands of them: ours reads them, and must not fail.
    _status, answer = mailbox.client.uid("FETCH", uid, "(BODY.PEEK[])")
    pieces = [one[1] for one in answer if isinstance(one, tuple)]
    return pieces[0] if pieces else None
