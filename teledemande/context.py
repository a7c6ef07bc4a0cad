"""What every template may use."""

from django.conf import settings

from teledemande.script_words import HOUSE_WORDS


def site(request):
    """Return the variables common to all pages."""
    return {
        "demo": settings.DEMO,
        "sender_address": settings.DEFAULT_FROM_EMAIL,
        "house_words": HOUSE_WORDS,
    }
