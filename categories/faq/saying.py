"""What one reader says, once: kept in her session, so that nobody is known and nothing counts twice."""

from categories.enums import FeedbackKind
from categories.faq.services import record_feedback

_SAID = "faq_said"
# A reader never says so much; a program that does counts no more.
PER_SESSION = 60


def has_said(session, entry, category=None):
    """Whether something was said of `entry` in this session; a deflection is said for each theme."""
    return _mark(entry, category) in session.get(_SAID, [])


def say_once(session, entry, kind, *, category=None):
    """Count what the reader says of `entry`, unless she has said it already; return whether it counted."""
    said, mark = session.get(_SAID, []), _mark(entry, category)
    if mark in said or len(said) >= PER_SESSION:
        return False
    record_feedback(entry, kind, category=category)
    session[_SAID] = [*said, mark]
    return True


def say_solved(session, entry, category):
    """Count that `entry` spared a request under `category`, once; return whether it counted."""
    return say_once(session, entry, FeedbackKind.DEFLECTION, category=category)


def _mark(entry, category):
    return f"{entry.pk}" if category is None else f"{entry.pk}:{category.pk}"
