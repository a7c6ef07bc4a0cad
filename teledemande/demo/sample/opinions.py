"""What readers said of the frequent questions, so that their figures tell something."""

from collections.abc import Mapping

from categories.enums import FeedbackKind
from categories.faq.services import record_feedback
from categories.models import Category, FaqEntry, FaqFeedback


def load_opinions(opinions: Mapping[str, Mapping[str, int]]) -> int:
    """Record `opinions` (slug of the question → kind → how many) when nobody gave any; return how many.

    A question staff took away is left out.
    """
    if FaqFeedback.objects.exists():
        return 0
    entries = FaqEntry.objects.in_bulk([*opinions], field_name="slug")
    given = [
        (entries[slug], kind)
        for slug, counts in opinions.items()
        if slug in entries
        for kind, count in counts.items()
        for _opinion in range(count)
    ]
    for entry, kind in given:
        record_feedback(entry, kind, category=_spared_theme(entry, kind))
    return len(given)


def _spared_theme(entry: FaqEntry, kind: str) -> Category | None:
    """Return the theme under which the answer spared a request, if it did."""
    return entry.categories.order_by("pk").first() if kind == FeedbackKind.DEFLECTION else None
