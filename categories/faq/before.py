"""The questions shown before the form of a theme: « Cela répond-il à votre question ? »."""

from categories.models import FaqEntry


def entries_for(category, user, limit=5):
    """Return as a list the first questions about `category` open to `user`: its own, then those above.

    For `categories/_faq_of_theme.html`. One query.
    """
    return list(FaqEntry.objects.visible_to(user).answers().about(category)[:limit])
