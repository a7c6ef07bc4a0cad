"""The rooms of mails: those that left, those that came in, those of one request."""

from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.ledger import ticket_mails
from notifications.admin.outgoing import OutgoingEmailAdmin
from teledemande.gestion import gestion

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin"]

gestion().add_page("tickets/ticket/<int:pk>/courriels/", ticket_mails, "ticket_mails")
