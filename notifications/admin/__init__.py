"""The rooms of mails, those that left and those that came in, and of webhooks."""

from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.mail_figures import mail_figures
from notifications.admin.outgoing import OutgoingEmailAdmin
from notifications.admin.webhooks import WebhookAdmin
from teledemande.gestion import gestion

gestion().add_page("courriels/chiffres/", mail_figures, "mail_figures")

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin", "WebhookAdmin"]
