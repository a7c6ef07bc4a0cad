"""The rooms of mails: those that left, those that came in, their words."""

from notifications.admin import wordings
from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.outgoing import OutgoingEmailAdmin

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin", "wordings"]
