"""Rooms where a change takes requests out of the reach of whoever has them: they are freed at once."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.admin import UserAdmin
from categories.admin.themes import CategoryAdmin
from tickets.services.stranded import free_stranded


class FreesStranded:
    """After a change is written, free the requests it left in hands that may do nothing."""

    def save_model(self, request, row, form, change):
        """Write, free, and say what was freed."""
        super().save_model(request, row, form, change)  # type: ignore[misc]
        if freed := free_stranded(timezone.now()):
            words = ngettext(
                "%(n)d demande remise à disposition : %(list)s.",
                "%(n)d demandes remises à disposition : %(list)s.",
                len(freed),
            )
            numbers = ", ".join(ticket.reference for ticket in freed)
            messages.warning(request, words % {"n": len(freed), "list": numbers})


class FreeingUserAdmin(FreesStranded, UserAdmin):
    """People: an account that closes keeps no request."""


class FreeingCategoryAdmin(FreesStranded, CategoryAdmin):
    """Themes: one made confidential, or put elsewhere, keeps no request in hands that reach it no more."""
