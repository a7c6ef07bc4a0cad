"""Mails: those that leave, those that come in."""

from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail

__all__ = ["Fate", "Heartbeat", "IncomingEmail", "MailState", "OutgoingEmail"]
