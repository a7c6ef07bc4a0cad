"""The mails of accounts: what `settings.ACCOUNT_MAILER` names, since accounts may not know notifications."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from notifications import outbox
from notifications.models import OutgoingEmail
from notifications.rendering import render

ACCOUNT_LABELS: Final = {
    "account_activate": _("création de compte"),
    "account_address_changed": _("adresse changée"),
    "account_address_check": _("vérification d’adresse"),
    "account_address_changing": _("changement d’adresse demandé"),
    "account_address_confirm": _("adresse à confirmer"),
    "account_address_taken": _("adresse déjà prise"),
    "account_exists": _("compte déjà créé"),
    "account_password": _("choix d’un nouveau mot de passe"),
    "password_changed": _("mot de passe changé"),
}


def send(message: str, *, to: str, context: dict[str, Any], language: str) -> OutgoingEmail:
    """Write the mail `message` of an account to the address `to`, in `language`, inside a transaction.

    `context` goes to the templates. With a `link` in it the mail is a secret: the link opens an account, so
    the bodies are wiped once sent, and never shown. Raises KeyError for a message that is not an account's.
    """
    if message not in ACCOUNT_LABELS:
        raise KeyError(message)
    rendered = render(message, context, language=language)
    row = outbox.mail(rendered, message=message, to=to, language=language, is_secret="link" in context)
    outbox.put([row])
    return row
