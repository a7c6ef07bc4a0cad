"""Mails in the words of those who manage a theme: the list of messages, and the page of each."""

from notifications.admin.wordings.acts import restore_wording, revert_wording
from notifications.admin.wordings.editor import mail_wording
from notifications.admin.wordings.overview import mail_wordings
from teledemande.gestion import gestion

_ONE = "courriels/textes/<int:theme>/<slug:message>/"
site = gestion()
site.add_page("courriels/textes/", mail_wordings, "mail_wordings")
site.add_page(_ONE, mail_wording, "mail_wording")
site.add_page(_ONE + "reprendre/", restore_wording, "mail_wording_restore")
site.add_page(_ONE + "origine/", revert_wording, "mail_wording_revert")
