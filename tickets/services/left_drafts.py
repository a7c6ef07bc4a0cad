"""Drafts somebody left: their author is told, then they go.

Nothing is erased that was not announced: a worker that slept for a month announces first.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from tickets.models import Draft
from tickets.services.drafts import discard_draft

# Drafts of requests whose author can be written to. The others go at their age.
_ANNOUNCED = Q(owner__isnull=False, category__isnull=False) & ~Q(owner__email="")


def authors_to_warn(now: datetime) -> list[int]:
    """Return the pks of the people one of whose drafts goes within `settings.DRAFT_WARNING`, not told yet."""
    authors = _to_warn(now).order_by("owner_id").values_list("owner_id", flat=True)
    return list(authors.distinct())


@transaction.atomic
def mark_warned(owner_pk: int, now: datetime) -> list[Draft]:
    """Mark as announced the drafts of that person that will go soon, and return them, the first to go first.

    Call it in the transaction that writes the mail. An empty list when another worker did, or when she came
    back to them meanwhile: there is nothing to tell.
    """
    mine = _to_warn(now).filter(owner=owner_pk).order_by("pk").select_for_update(of=("self",), no_key=True)
    found = list(mine.select_related("category", "owner"))
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).update(warned_at=now)
    for draft in found:
        draft.warned_at = now
    return sorted(found, key=lambda draft: draft.updated_at)


def erased_at(draft: Draft) -> datetime:
    """Return the instant from which `draft` may be erased, unless its author comes back to it."""
    by_age = draft.updated_at + settings.DRAFT_LIFETIME
    return max(by_age, draft.warned_at + settings.DRAFT_WARNING / 2) if draft.warned_at else by_age


def forget_stale(now: datetime) -> int:
    """Erase drafts untouched for `settings.DRAFT_LIFETIME`, visitors’ much sooner; return how many.

    Those whose author is told first stay until half of `settings.DRAFT_WARNING` has passed since she was.
    """
    is_old = Q(updated_at__lt=now - settings.DRAFT_LIFETIME)
    was_told = Q(warned_at__lt=now - settings.DRAFT_WARNING / 2)
    left_by_visitor = Q(visitor__isnull=False, updated_at__lt=now - settings.VISITOR_DRAFT_LIFETIME)
    stale = Draft.objects.filter(left_by_visitor | is_old & (was_told | ~_ANNOUNCED))
    return sum(_is_erased(stale, key) for key in list(stale.values_list("key", flat=True)[:1000]))


@transaction.atomic
def _is_erased(stale: QuerySet[Draft], key: UUID) -> bool:
    # Asked again under the lock: its author may have come back to it since.
    draft = stale.select_for_update(of=("self",), no_key=True).filter(key=key).first()
    if draft is not None:
        discard_draft(draft)
    return draft is not None


def _to_warn(now: datetime) -> QuerySet[Draft]:
    age = settings.DRAFT_LIFETIME - settings.DRAFT_WARNING
    return Draft.objects.filter(_ANNOUNCED, warned_at__isnull=True, updated_at__lt=now - age)
