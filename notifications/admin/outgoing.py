"""The ledger of mails: what was written, to whom, what became of it. Sent again or stopped; never edited."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.admin.mail_acts import ACTIONS, FROM_PAGE
from notifications.admin.mail_list import MailList
from notifications.admin.reading import actionable_by, readable_by
from notifications.labels import OTHERS
from notifications.models import MailState, OutgoingEmail
from notifications.services import may_be_released, may_be_sent_again, may_be_stopped
from teledemande.gestion import Ledger
from tickets.paging import BoundedPaginator, asked_page


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(Ledger):
    """Mails, latest first."""

    change_list_template = "gestion/mails.html"
    change_form_template = "gestion/mail.html"
    actions = ACTIONS
    paginator = BoundedPaginator
    list_display = (
        "created_at",
        "to",
        "what",
        "reference",
        "state",
        "attempts",
        "next_try",
        "sent_at",
        "answer",
    )
    sortable_by = ()
    fields = (
        "state",
        "answer",
        "to",
        "what",
        "reference",
        "is_legal",
        "created_at",
        "due_at",
        "held_at",
        "attempts",
        "next_try",
        "sent_at",
        "subject",
        "text",
    )

    def get_queryset(self, request):
        """Return the mails she may read."""
        mails = super().get_queryset(request).select_related("ticket", "event")
        return mails.filter(readable_by(request.user))

    def get_changelist(self, request, **options):
        """Return the list narrowed by our form."""
        return MailList

    def get_paginator(self, request, queryset, per_page, *args, **options):
        """Count a million mails no further than the page asked for."""
        page = asked_page(request.GET.get("p", ""))
        return BoundedPaginator(queryset, per_page, page_number=page)

    def render_change_form(self, request, context, *args, **options):
        """Show what was done to the mail, and what may be."""
        mail = context["original"]
        acts = list(mail.acts.select_related("actor"))
        context |= {
            "title": mail.subject,
            "acts": acts,
            "may_act": OutgoingEmail.objects.filter(actionable_by(request.user), pk=mail.pk).exists(),
            "may_resend": may_be_sent_again(mail, acts),
            "may_release": may_be_released(mail),
            "may_stop": may_be_stopped(mail),
            "from_page": FROM_PAGE,
        }
        return super().render_change_form(request, context, *args, **options)

    # --- columns -----------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("nouvelle"))
    def what(self, mail):
        """Say what the mail tells."""
        return mail.event.label if mail.event else OTHERS.get(mail.message, mail.message)

    @admin.display(description=gettext_lazy("demande"))
    def reference(self, mail):
        """Name the request."""
        return mail.ticket.reference if mail.ticket else "–"

    @admin.display(description=gettext_lazy("prochain essai"), ordering="due_at")
    def next_try(self, mail):
        """Say when a mail put off is tried again."""
        return mail.due_at if mail.state == MailState.DEFERRED else None

    @admin.display(description=gettext_lazy("texte"))
    def text(self, mail):
        """Show the text, but that of a secret: whoever reads its link holds an account."""
        if mail.is_secret:
            return _("Non affiché : ce courriel porte un lien à usage unique.")
        return mail.body_text
