"""Write mails as rows, in the transaction of what they tell."""

import uuid
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.flood import hold_back, newly_alarming
from notifications.flood_mails import alerts
from notifications.headers import headers_of
from notifications.models import MailState, OutgoingEmail
from notifications.rendering import Rendered
from notifications.rules import UNANSWERED
from notifications.waking import wake_after_commit
from tickets.models import TicketEvent

# The clock of the worker may be a little late on ours: better one try late than one too early.
_MARGIN_SECONDS: Final = 1.0


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
        headers=headers_of(
            identifier,
            language=language,
            ticket=fields.get("ticket"),
            answers=None if message in UNANSWERED else fields.get("recipient"),
        ),
        **fields,
    )


def put(mails: list[OutgoingEmail], *, leaves_at: datetime | None = None) -> list[OutgoingEmail]:
    """Write `mails` in the transaction of the change, and ask for their delivery after its commit.

    With `leaves_at`, none of them leaves before. Those that are too many for their address in an hour wait
    longer, and the administrators are told: see notifications.flood.
    """
    wait = 0.0
    if leaves_at is not None:
        wait = max(0.0, (leaves_at - timezone.now()).total_seconds()) + _MARGIN_SECONDS
        for one in mails:
            one.due_at = max(one.due_at, leaves_at)
    held = hold_back(mails, now=timezone.now())
    rows = OutgoingEmail.objects.bulk_create(mails)
    if held:
        _wake(OutgoingEmail.objects.bulk_create(alerts(newly_alarming(held), mail)))
    _wake(rows, after=wait)
    return rows


def _wake(rows: list[OutgoingEmail], *, after: float = 0) -> None:
    # Those held back, by a flood or to be grouped, are left to the sweep.
    leaving = [row for row in rows if row.held_at is None and row.grouped_until is None]
    now_due = [row.pk for row in leaving if row.state == MailState.QUEUED]
    wake_after_commit(now_due, after=after)


class AlreadySentError(Exception):
    """One of the mails to cancel is leaving, or has left."""


def cancel(event: TicketEvent) -> int:
    """Cancel the mails of `event`, none of which may have left; return how many. Inside a transaction.

    The rows are held first: whoever sends one either has claimed it, and AlreadySentError is raised, or finds
    it cancelled.
    """
    mails = OutgoingEmail.objects.filter(event=event)
    held = list(mails.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if any(mail.state in (MailState.SENDING, MailState.SENT, MailState.BOUNCED) for mail in held):
        raise AlreadySentError
    mails.filter(is_secret=True).update(body_text="", body_html="")
    return mails.update(state=MailState.CANCELLED, answer="")
