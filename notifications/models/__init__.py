"""Mails: those that leave, those that come in."""

from notifications.models.acts import ActKind, MailAct
from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail

__all__ = [
    "ActKind",
    "Fate",
    "Heartbeat",
    "IncomingEmail",
    "MailAct",
    "MailState",
    "OutgoingEmail",
]
