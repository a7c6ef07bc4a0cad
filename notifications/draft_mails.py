"""The mail that announces the erasure of drafts: one a person, whatever their number."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from notifications import outbox
from notifications.models import OutgoingEmail
from notifications.rendering import render
from notifications.wording import one_line
from teledemande.french_dates import day_words
from tickets.models import Draft
from tickets.services.left_drafts import authors_to_warn, erased_at, mark_warned

DRAFT_EXPIRING: Final = "draft_expiring"
DRAFT_LABELS: Final = {DRAFT_EXPIRING: _("effacement proche d’un brouillon")}


def warn_of_erasure(now: datetime) -> int:
    """Tell everybody whose drafts will soon be erased; return how many mails were written.

    A mail and the mark on its drafts are one transaction: no second run, no other worker says it again.
    """
    return sum(1 for pk in authors_to_warn(now) if _warn(pk, now))


@transaction.atomic
def _warn(owner_pk: int, now: datetime) -> OutgoingEmail | None:
    drafts = mark_warned(owner_pk, now)
    owner = drafts[0].owner if drafts else None
    if owner is None:
        return None
    rendered = render(DRAFT_EXPIRING, _context(drafts, owner.language), language=owner.language)
    row = outbox.mail(
        rendered, message=DRAFT_EXPIRING, to=owner.email, language=owner.language, recipient=owner
    )
    outbox.put([row])
    return row


def _context(drafts: list[Draft], language: str) -> dict[str, Any]:
    with override(language):
        rows = [
            {
                "subject": one_line(str(draft), 120),
                "theme": draft.category.name if draft.category else "",
                "day": day_words(erased_at(draft)),
            }
            for draft in drafts
        ]
    return {
        "first_name": drafts[0].owner.first_name if drafts[0].owner else "",
        "drafts": rows,
        "link": f"{settings.SITE_URL}{reverse('tickets:dashboard')}",
    }
