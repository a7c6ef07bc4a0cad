"""The rooms of mails: those that left, those that came in."""

from notifications.admin.incoming import IncomingEmailAdmin
from notifications.admin.mail_figures import mail_figures
from notifications.admin.outgoing import OutgoingEmailAdmin
from teledemande.gestion import gestion

gestion().add_page("courriels/chiffres/", mail_figures, "mail_figures")

__all__ = ["IncomingEmailAdmin", "OutgoingEmailAdmin"]
