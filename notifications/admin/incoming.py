"""What came in by mail, and what was made of it. Read, never edited."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy

from notifications.models import IncomingEmail
from teledemande.gestion import Ledger
from tickets.models import Ticket


@admin.register(IncomingEmail)
class IncomingEmailAdmin(Ledger):
    """Mails received, latest first."""

    list_display = ("received_at", "sender", "subject", "fate", "reference", "reason")
    list_filter = ("fate",)
    search_fields = ("sender", "subject")
    search_help_text = gettext_lazy("Une adresse ou un objet, ou une partie")
    fields = ("fate", "reason", "received_at", "sender", "subject", "reference", "size", "digest", "text")

    def get_queryset(self, request):
        """Return the mails of requests she reads as staff; those of no request are for administrators."""
        mails = super().get_queryset(request).select_related("ticket")
        readable = Q(ticket__in=Ticket.objects.staffed_by(request.user).values("pk"))
        return mails.filter(readable | Q(ticket__isnull=True) if request.user.is_superuser else readable)

    # --- columns -----------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("demande"))
    def reference(self, mail):
        """Name the request."""
        return mail.ticket.reference if mail.ticket else "–"
