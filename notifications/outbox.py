"""Write mails as rows, in the transaction of what they tell."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from notifications.headers import headers_of
from notifications.models import MailState, OutgoingEmail
from notifications.rendering import Rendered
from notifications.waking import wake_after_commit


def mail(rendered: Rendered, *, message: str, to: str, language: str, **fields: Any) -> OutgoingEmail:
    """Return the unsaved mail of `rendered`, in `language`, to the address `to`; `fields`: others of the row.

    Somebody without an address cannot be written to: the row says so, and staff see it.
    """
    identifier = uuid.uuid4()
    if not to:
        fields |= {
            "state": MailState.FAILED,
            "answer": _("Cette personne n’a pas d’adresse électronique."),
        }
    return OutgoingEmail(
        uuid=identifier,
        message=message,
        to=to,
        subject=rendered.subject,
        body_text=rendered.text,
        body_html=rendered.html,
        headers=headers_of(identifier, language=language, ticket=fields.get("ticket")),
        **fields,
    )


def put(mails: list[OutgoingEmail]) -> list[OutgoingEmail]:
    """Write `mails` in the transaction of the change, and ask for their delivery after its commit."""
    rows = OutgoingEmail.objects.bulk_create(mails)
    wake_after_commit([row.pk for row in rows if row.state == MailState.QUEUED])
    return rows
