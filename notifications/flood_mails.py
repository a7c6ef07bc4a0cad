"""The mail that tells the administrators of an address about to receive too much."""

from operator import itemgetter
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.models import OutgoingEmail
from notifications.rendering import render
from notifications.wording import one_line

FLOOD: Final = "mail_flood"
FLOOD_LABELS: Final = {FLOOD: _("adresse qui reçoit trop de courriels")}


def readers() -> list[tuple[str, str]]:
    """Return (address, language) of who is told: settings.ADMINS, else the administrators of the service."""
    if settings.ADMINS:
        return [(address, settings.LANGUAGE_CODE) for address in map(itemgetter(1), settings.ADMINS)]
    people = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return [(person.email, person.language) for person in people.order_by("pk")]


def alerts(addresses: list[str], mail) -> list[OutgoingEmail]:
    """Return the unsaved mails, made by `mail` (outbox.mail), that tell of `addresses`."""
    return [
        mail(_rendered(address, language), message=FLOOD, to=to, language=language)
        for address in addresses
        for to, language in readers()
    ]


def _rendered(address: str, language: str):
    listed = reverse("admin:notifications_outgoingemail_changelist")
    context = {
        "address": one_line(address),
        "most": settings.MAILS_PER_HOUR,
        "link": f"{settings.SITE_URL}{listed}?{urlencode({'q': address})}",
    }
    return render(FLOOD, context, language=language)
