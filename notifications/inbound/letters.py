"""Read a mail as it arrived: bytes in, a Letter out, whatever the bytes are."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Final

from notifications.inbound.reports import Report, report_in
from notifications.inbound.texts import of_html
from notifications.wording import one_line

# Where servers write the address a mail was really for; To and Cc are what its author wrote.
_DELIVERED: Final = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_PARTS_AT_MOST: Final = 200
# Pictures of a signature, and the like: shown inside the text, and small.
_DECORATION_BYTES: Final = 20_000


class UnreadableError(Exception):
    """Nothing can be made of these bytes."""


@dataclass(frozen=True)
class Part:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail, decoded. `text` is the whole of it, quotations included; `headers` have lower-case names."""

    sender: str
    subject: str
    text: str
    message_id: str
    recipients: tuple[str, ...]
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/plain"
    parts: tuple[Part, ...] = ()
    report: Report | None = None


def read(raw: bytes) -> Letter:
    """Return what `raw` says (RFC 5322, MIME). Raises UnreadableError."""
    try:
        return _letter(email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default))
    # The parser promises to raise nothing and keeps the promise badly: of what strangers write, its headers
    # raise IndexError, AttributeError, TypeError…
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        message = f"{type(error).__name__}"
        raise UnreadableError(message) from error


def _letter(message: EmailMessage) -> Letter:
    headers = {name.lower(): one_line(_header(message, name), 1000) for name in message.keys()}  # noqa: SIM118
    parts = list(_leaves(message))
    return Letter(
        sender=parseaddr(headers.get("from", ""))[1][:254].lower(),
        subject=one_line(headers.get("subject", ""), 250),
        text=_text(parts),
        message_id=headers.get("message-id", "")[:250],
        recipients=_recipients(message),
        headers=headers,
        content_type=message.get_content_type(),
        parts=tuple(_files(parts)),
        report=report_in(message) if message.get_content_type() == "multipart/report" else None,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""  # one broken header does not make the others unreadable


def _recipients(message: EmailMessage) -> tuple[str, ...]:
    values = [str(value) for name in _DELIVERED for value in _all_of(message, name) if "@" in str(value)]
    return tuple(address for _name, address in getaddresses(values[:50]) if address)


def _all_of(message: EmailMessage, name: str) -> list[str]:
    try:
        return list(message.get_all(name, []))
    except (LookupError, ValueError, TypeError, AttributeError):
        return []


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something, in order; a mail inside the mail is one of them.

    Not recursive: a mail nested a thousand deep is read like another.
    """
    waiting: list[EmailMessage] = [message]
    count = 0
    while waiting and count < _PARTS_AT_MOST:
        one = waiting.pop()
        if one.is_multipart() and one.get_content_type() != "message/rfc822":
            waiting += reversed(one.get_payload())  # type: ignore[arg-type]
            continue
        count += 1
        yield one


def _text(parts: list[EmailMessage]) -> str:
    """Return the plain text of the mail, or what its HTML says."""
    shown = [one for one in parts if not one.is_attachment() and not one.get_filename()]
    for kind, read_as in (("text/plain", str), ("text/html", of_html)):
        texts = [read_as(_decoded(one)) for one in shown if one.get_content_type() == kind]
        if text := "\n".join(texts).strip():
            return text
    return ""


def _decoded(part: EmailMessage) -> str:
    content = _bytes(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "replace").replace("\x00", "")
    except LookupError:  # a charset nobody knows
        return content.decode("utf-8", "replace").replace("\x00", "")


def _files(parts: list[EmailMessage]) -> Iterator[Part]:
    for number, one in enumerate(parts, start=1):
        name = one.get_filename()
        if not name and not one.is_attachment() and one.get_content_maintype() == "text":
            continue
        content = _bytes(one)
        if one.get("Content-ID") and not one.is_attachment() and len(content) < _DECORATION_BYTES:
            continue
        yield Part(name or f"piece-{number}.{_extension(one)}", content)


def _extension(part: EmailMessage) -> str:
    return "eml" if part.get_content_type() == "message/rfc822" else part.get_content_subtype()[:10]


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
