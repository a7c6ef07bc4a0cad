"""Write a summary that is due: its row first, then its mail, in one transaction."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from notifications import outbox
from notifications.digests.daily import daily_context
from notifications.digests.leaving import leaving_link, list_headers
from notifications.digests.overview import overview_context
from notifications.digests.slots import Slot
from notifications.models import Digest, DigestKind, OutgoingEmail
from notifications.rendering import render

DIGEST_LABELS: Final = {
    "digest_daily": _("résumé quotidien"),
    "digest_overview": _("bilan de la semaine"),
}
_MESSAGES: Final = {DigestKind.DAILY.value: "digest_daily", DigestKind.OVERVIEW.value: "digest_overview"}
# Somebody back after months is not told of months.
_LONGEST: Final = timedelta(days=14)
_FIRST: Final = timedelta(days=1)
# What is being written at this moment bears an instant already past: the next summary tells it.
_MARGIN: Final = timedelta(minutes=1)


@transaction.atomic
def write_digest(slot: Slot, now: datetime) -> OutgoingEmail | None:
    """Write the summary of `slot` unless it was made; return its mail, or None with nothing to send.

    Two workers meet on the unique key of the row: the second finds it made.
    """
    key = {"person_id": slot.person_id, "kind": slot.kind, "day": slot.day, "hour": slot.hour}
    digest, is_new = Digest.objects.select_related("person").get_or_create(
        **key, defaults={"until": now - _MARGIN}
    )
    if not is_new:
        return None
    person = digest.person
    with override(person.language):
        context = _context(digest)
    if context is None:
        return None
    digest.mail = outbox.put([_mail(person, slot.kind, context)])[0]
    digest.save(update_fields=["mail"])
    return digest.mail


def _context(digest: Digest) -> dict[str, Any] | None:
    if digest.kind == DigestKind.OVERVIEW:
        return overview_context(digest.person, monday=digest.day)
    return daily_context(digest.person, since=_since(digest), until=digest.until)


def _since(digest: Digest) -> datetime:
    earlier = Digest.objects.filter(person=digest.person_id, kind=digest.kind).exclude(pk=digest.pk)
    last = earlier.order_by("-until", "-pk").values_list("until", flat=True).first()
    return max(last, digest.until - _LONGEST) if last else digest.until - _FIRST


def _mail(person: User, kind: str, context: dict[str, Any]) -> OutgoingEmail:
    context |= {
        "first_name": person.first_name,
        "choices": f"{settings.SITE_URL}{reverse('admin:mail_choices')}",
        "leaving": leaving_link(person, kind),
    }
    message = _MESSAGES[kind]
    rendered = render(message, context, language=person.language)
    row = outbox.mail(rendered, message=message, to=person.email, language=person.language, recipient=person)
    row.headers |= list_headers(person, kind)
    return row
