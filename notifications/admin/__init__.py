"""The rooms of mails: those that left, those that came in, those each member of staff wants."""

from notifications.admin import choices
from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.outgoing import OutgoingEmailAdmin

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin", "choices"]
