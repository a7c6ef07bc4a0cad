"""Mails: those that leave, those that come in."""

from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import Heartbeat, MailState, OutgoingEmail
from notifications.models.steps import MailStep, StepKind

__all__ = ["Fate", "Heartbeat", "IncomingEmail", "MailState", "MailStep", "OutgoingEmail", "StepKind"]
