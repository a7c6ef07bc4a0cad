"""The ledger of mails: what was written, to whom, what became of it. Read, and sent again; never edited."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from categories.enums import RoleKind
from notifications.account_mails import ACCOUNT_LABELS
from notifications.digests.writing import DIGEST_LABELS
from notifications.draft_mails import DRAFT_LABELS
from notifications.grouping import GROUP_LABELS
from notifications.inbound.polite import INBOUND_LABELS
from notifications.models import OutgoingEmail
from notifications.services import resend
from teledemande.gestion import Ledger
from tickets.models import Ticket

AT_MOST = 500
_LABELS = ACCOUNT_LABELS | DRAFT_LABELS | INBOUND_LABELS | DIGEST_LABELS | GROUP_LABELS


@admin.action(description=gettext_lazy("Renvoyer les courriels en échec"))
def resend_selected(model_admin, request, mails):
    """Put the failed mails chosen back in the queue, those of requests she may act on."""
    allowed = mails.filter(_readable_by(request.user, RoleKind.HANDLER))
    count = resend(list(allowed.order_by("pk").values_list("pk", flat=True)[:AT_MOST]))
    sentence = ngettext("%(count)d courriel sera renvoyé.", "%(count)d courriels seront renvoyés.", count) % {
        "count": count
    }
    model_admin.message_user(request, sentence, messages.SUCCESS if count else messages.WARNING)


def _readable_by(user, kind=RoleKind.OBSERVER):
    """Return the condition of the mails `user` may read: those of requests she reads as staff.

    The mails of accounts belong to administrators.
    """
    condition = Q(ticket__in=Ticket.objects.staffed_by(user, kind).values("pk"))
    return condition | Q(ticket__isnull=True) if user.is_superuser else condition


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(Ledger):
    """Mails, latest first."""

    actions = (resend_selected,)
    list_display = ("created_at", "to", "what", "reference", "state", "attempts", "sent_at", "answer")
    list_filter = ("state", "is_legal")
    search_fields = ("to",)
    search_help_text = gettext_lazy("Une adresse, ou une partie")
    fields = (
        "state",
        "answer",
        "to",
        "what",
        "reference",
        "is_legal",
        "created_at",
        "due_at",
        "attempts",
        "sent_at",
        "subject",
        "text",
    )

    def get_queryset(self, request):
        """Return the mails she may read."""
        mails = super().get_queryset(request).select_related("ticket", "event")
        return mails.filter(_readable_by(request.user))

    # --- columns -----------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("nouvelle"))
    def what(self, mail):
        """Say what the mail tells."""
        return mail.event.label if mail.event else _LABELS.get(mail.message, mail.message)

    @admin.display(description=gettext_lazy("demande"))
    def reference(self, mail):
        """Name the request."""
        return mail.ticket.reference if mail.ticket else "–"

    @admin.display(description=gettext_lazy("texte"))
    def text(self, mail):
        """Show the text, but that of a secret: whoever reads its link holds an account."""
        if mail.is_secret:
            return _("Non affiché : ce courriel porte un lien à usage unique.")
        return mail.body_text
