"""A mail as the SMTP server received it."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Self

LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Mail:
    """The message, and the envelope it came in (headers of the `.eml` file, `X-Envelope-…`)."""

    message: EmailMessage
    path: Path

    @classmethod
    def read(cls, path: Path) -> Self:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return cls(message, path)

    @property
    def recipients(self) -> list[str]:
        return str(self.message["X-Envelope-To"]).split()

    @property
    def sender(self) -> str:
        return str(self.message["X-Envelope-From"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def links(self) -> list[str]:
        """The addresses of the text part, in order."""
        return [link.rstrip(".,;)") for link in LINK.findall(self.text)]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""
