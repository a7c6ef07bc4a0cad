"""Write what came of a delivery: the same for mails and for calls of webhooks, whose rows have one shape."""

import time
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import MailState, MailStep, OutgoingEmail, StepKind
from notifications.retries import delay_after
from notifications.smtp import server_name


def is_exhausted(row: Any) -> bool:
    """Whether `row`, just claimed, was taken more often than there are tries."""
    return delay_after(row.attempts - 1) is None


def postpone(row: Any, answer: str, **fields: Any) -> str:
    """Write that `row` was not taken, and when it is tried next; return its state, FAILED after the last."""
    delay = delay_after(row.attempts)
    if delay is None:
        return write(row, state=MailState.FAILED, answer=answer, **fields)
    due_at = timezone.now() + delay
    return write(row, state=MailState.DEFERRED, due_at=due_at, answer=answer, **fields)


def write(row: Any, *, state: str, **fields: Any) -> str:
    """Write what came of the delivery; of a failure, only if no other worker took the mail up meanwhile."""
    rows = type(row).objects.filter(pk=row.pk)
    if state != MailState.SENT:
        rows = rows.filter(state=MailState.SENDING, claimed_until=row.claimed_until)
    for try_again in (True, True, False):
        try:
            _keep(rows, row, {"state": state, "claimed_until": None, **fields})
            break
        except DatabaseError:
            # It has left: forgetting it would send it twice.
            if not try_again:
                raise
            time.sleep(1)
            if not connection.in_atomic_block:  # the database was restarted: speak to it anew
                connection.close_if_unusable_or_obsolete()
    row.state = state
    return state


def _keep(rows: QuerySet, row: Any, fields: dict[str, Any]) -> None:
    """Write `fields`, and for a mail that did not leave, the step its ledger shows."""
    if fields["state"] == MailState.SENT or not isinstance(row, OutgoingEmail):
        rows.update(**fields)
        return
    kind = StepKind.REFUSED if fields["state"] == MailState.FAILED else StepKind.DEFERRED
    with transaction.atomic():
        if rows.update(**fields):
            MailStep.objects.create(mail=row, kind=kind, server=server_name(), words=fields["answer"])
