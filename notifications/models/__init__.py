"""Mails: those that leave, those that come in, the words of a theme, what staff want."""

from notifications.models.acts import ActKind, MailAct
from notifications.models.choices import MailChoice, Profile
from notifications.models.digests import Digest, DigestKind, MailHabits
from notifications.models.flood import FloodAlert
from notifications.models.incoming import Fate, IncomingEmail
from notifications.models.outgoing import TO_SEND, WAITING, Heartbeat, MailState, OutgoingEmail
from notifications.models.steps import MailStep, StepKind
from notifications.models.webhooks import CallState, Webhook, WebhookCall
from notifications.models.wording import MailWording, MailWordingVersion

__all__ = [
    "TO_SEND",
    "WAITING",
    "ActKind",
    "CallState",
    "Digest",
    "DigestKind",
    "Fate",
    "FloodAlert",
    "Heartbeat",
    "IncomingEmail",
    "MailAct",
    "MailChoice",
    "MailHabits",
    "MailState",
    "MailStep",
    "MailWording",
    "MailWordingVersion",
    "OutgoingEmail",
    "Profile",
    "StepKind",
    "Webhook",
    "WebhookCall",
]
