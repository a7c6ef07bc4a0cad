"""The one answer to somebody who writes to the mailbox as to a person: where requests are made."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications import outbox
from notifications.inbound.letters import Letter
from notifications.models import IncomingEmail
from notifications.rendering import render

TO_THE_FORM: Final = "to_the_form"
INBOUND_LABELS: Final = {TO_THE_FORM: _("réponse à un courriel adressé à aucune demande")}
_ONCE_IN: Final = timedelta(days=1)


def send_to_the_form(row: IncomingEmail, letter: Letter) -> None:
    """Answer `letter` once a day and address, inside the transaction that sorts it: RFC 3834, § 2."""
    now = timezone.now()
    answered = IncomingEmail.objects.filter(sender=row.sender, answered_at__gt=now - _ONCE_IN)
    if answered.exists():
        return
    language = settings.LANGUAGE_CODE
    context = {
        "form": f"{settings.SITE_URL}{reverse('tickets:new')}",
        "dashboard": f"{settings.SITE_URL}{reverse('tickets:dashboard')}",
    }
    rendered = render(TO_THE_FORM, context, language=language)
    mail = outbox.mail(rendered, message=TO_THE_FORM, to=row.sender, language=language)
    mail.headers |= {"Auto-Submitted": "auto-replied"}
    if letter.message_id:
        mail.headers |= {"In-Reply-To": letter.message_id, "References": letter.message_id}
    outbox.put([mail])
    row.answered_at = now
