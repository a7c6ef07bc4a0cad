"""What happens here when somebody logs in."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from tickets import typing_keys
from tickets.services.drafts import adopt_drafts

VISITOR = "visitor"  # in the session: who writes before logging in


@receiver(user_logged_in)
def keep_what_was_typed(sender, request, user, **kwargs):
    """Give her the drafts she began in this browser before she logged in."""
    session = getattr(request, "session", None)
    visitor = typing_keys.parse(session.pop(VISITOR, None)) if session is not None else None
    if visitor is not None:
        session.set_expiry(None)  # that of a visitor lasts longer than a login may
        adopt_drafts(user, visitor)
