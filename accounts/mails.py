"""The mails of accounts. Who carries them is named in `settings.ACCOUNT_MAILER`: accounts knows no outbox."""

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts.redirects import with_next

MESSAGES = frozenset(
    {
        "account_activate",
        "account_address_changed",
        "account_address_check",
        "account_address_changing",
        "account_address_confirm",
        "account_address_taken",
        "account_exists",
        "account_password",
        "password_changed",
    }
)


def send(message: str, *, to: str, context: dict, language: str) -> None:
    """Have the mail `message` written for `to` in `language`, in the caller's transaction.

    `message` is one of MESSAGES; its templates are `notifications/email/<message>/`. `context` holds only
    JSON values: `first_name`, `link` (an absolute address) and, with a single-use link, `hours` (how long
    it lives); of a change of address, `hint` (the new one, hidden but for its ends). The carrier is called
    as `send(message, to=…, context=…, language=…)` and must not send before the commit: links of a rolled
    back transaction open nothing.
    """
    if message not in MESSAGES:
        raise ValueError(message)
    import_string(settings.ACCOUNT_MAILER)(message, to=to, context=context, language=language)


def absolute(name: str, *args: str, following: str = "") -> str:
    """Return the absolute address of the page `name`, carrying `following` as its `next`.

    Built from SITE_URL: an address built from the Host header could be made to lead elsewhere.
    """
    return settings.SITE_URL + with_next(reverse(name, args=args), following)
