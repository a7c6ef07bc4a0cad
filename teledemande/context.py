"""What every template may use."""

from django.conf import settings


def site(request):
    """Return the variables common to all pages."""
    return {"demo": settings.DEMO, "sender_address": settings.DEFAULT_FROM_EMAIL}
