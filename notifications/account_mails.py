"""The mails of accounts: what `settings.ACCOUNT_MAILER` names, since accounts may not know notifications."""

from typing import Final

from notifications import outbox
from notifications.rendering import render

ACCOUNT_MESSAGES: Final = frozenset(
    {"account_activate", "account_exists", "account_password", "password_changed"}
)


def send(message, *, to, context):
    """Write the mail `message` of an account to the address `to`; call it inside a transaction.

    `context` goes to the templates. With a `link` in it the mail is a secret: the link opens an account, so
    the bodies are wiped once sent, and never shown. Raises KeyError for a message that is not an account's.
    """
    if message not in ACCOUNT_MESSAGES:
        raise KeyError(message)
    row = outbox.mail(render(message, context), message=message, to=to, is_secret="link" in context)
    outbox.put([row])
    return row
