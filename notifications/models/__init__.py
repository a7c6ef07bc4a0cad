"""Mails: those that leave, those that come in, those staff want."""

from notifications.models.choices import MailChoice, Profile
from notifications.models.digests import Digest, DigestKind, MailHabits
from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail

__all__ = [
    "Digest",
    "DigestKind",
    "Fate",
    "Heartbeat",
    "IncomingEmail",
    "MailChoice",
    "MailHabits",
    "MailState",
    "OutgoingEmail",
    "Profile",
]
