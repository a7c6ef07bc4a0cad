"""Mails: those that leave, those that come in, those staff want."""

from notifications.models.choices import MailChoice, Profile
from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail

__all__ = ["Fate", "Heartbeat", "IncomingEmail", "MailChoice", "MailState", "OutgoingEmail", "Profile"]
