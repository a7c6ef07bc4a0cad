"""Mails: those that leave, those that come in, the words of a theme."""

from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail
from notifications.models.wording import MailWording, MailWordingVersion

__all__ = [
    "Fate",
    "Heartbeat",
    "IncomingEmail",
    "MailState",
    "MailWording",
    "MailWordingVersion",
    "OutgoingEmail",
]
