"""Signed links to read by without an account: each opens one request, and dies with the invitation."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tickets.models import Participant

LIFETIME: Final = timedelta(days=60)
_SALT: Final = "tickets.guest"


def link_of(guest: Participant) -> str:
    """Return the address `guest` reads by, from now on for LIFETIME. Each mail brings a fresh one."""
    token = signing.dumps(guest.uuid.hex, salt=_SALT)
    return f"{settings.SITE_URL}{reverse('tickets:guest', args=[token])}"


def guest_of(token: str) -> Participant | None:
    """Return whom `token` names, if she is still invited and the link still lives."""
    try:
        name = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Participant.objects.current().filter(uuid=name).select_related("ticket").first()
