"""The rooms of mails, those that left and came in, their words and who wants them; that of webhooks."""

from notifications.admin import choices, wordings
from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.ledger import ticket_mails
from notifications.admin.mail_figures import mail_figures
from notifications.admin.outgoing import OutgoingEmailAdmin
from notifications.admin.webhooks import WebhookAdmin
from teledemande.gestion import gestion

gestion().add_page("courriels/chiffres/", mail_figures, "mail_figures")
gestion().add_page("tickets/ticket/<int:pk>/courriels/", ticket_mails, "ticket_mails")

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin", "WebhookAdmin", "choices", "wordings"]
