"""Mails: those that leave, those that come in."""

from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import TO_SEND, WAITING, Heartbeat, MailState, OutgoingEmail

__all__ = ["TO_SEND", "WAITING", "Fate", "Heartbeat", "IncomingEmail", "MailState", "OutgoingEmail"]
