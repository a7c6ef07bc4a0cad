"""Group, for whoever asks for it, the courtesy mails about one request that come within a few minutes.

A mail held back stays in the queue as it was written, due a little after the end of its window: should
nothing gather it, it leaves by itself. Gathered, it is part of one mail, in the order of what happened.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from notifications import outbox
from notifications.models import MailHabits, MailState, OutgoingEmail
from notifications.rendering import render
from notifications.rules import STAFF_GROUP, STAFF_NEWS
from notifications.waking import wake_after_commit

GROUP_LABELS: Final = {STAFF_GROUP: gettext_lazy("plusieurs nouvelles d’une demande")}
# Neither legal mails nor those of requesters; a confidential one says nothing that could be put together.
_GROUPED: Final = (STAFF_NEWS, "mentioned")
# Left to whoever gathers before the mail leaves by itself.
_GRACE: Final = timedelta(minutes=5)
_AT_ONCE: Final = 500
_SIGNATURE: Final = "\n-- \n"


def hold_back(mails: list[OutgoingEmail], *, leaves_at: datetime | None) -> None:
    """Give the unsaved `mails` to people who group theirs a window: the one open, or a new one.

    One query, a second one when somebody groups. `leaves_at`: none of them may leave before.
    """
    staff = {one.recipient_id: one for one in mails if one.message in _GROUPED and one.recipient_id}
    if not staff or not settings.MAIL_GROUP_MINUTES:
        return
    habits = MailHabits.objects.filter(person__in=staff, groups_mails=True)
    grouping = set(habits.values_list("person_id", flat=True))
    if not grouping:
        return
    now = timezone.now()
    earliest = max(now, leaves_at or now)
    waiting = OutgoingEmail.objects.filter(
        recipient__in=grouping, ticket=next(iter(staff.values())).ticket_id, state=MailState.QUEUED
    )
    windows = dict(waiting.filter(grouped_until__gt=earliest).values_list("recipient_id", "grouped_until"))
    end = max(earliest, now + timedelta(minutes=settings.MAIL_GROUP_MINUTES))
    for pk in grouping:
        until = windows.get(pk) or end
        staff[pk].grouped_until, staff[pk].due_at = until, until + _GRACE


def gather(now: datetime) -> int:
    """Put together the mails whose window is over; return how many mails are to leave for them."""
    over = OutgoingEmail.objects.filter(state=MailState.QUEUED, grouped_until__lte=now)
    pairs = over.order_by("recipient", "ticket").values_list("recipient_id", "ticket_id").distinct()
    return sum(_gather(recipient, ticket, now) for recipient, ticket in pairs[:_AT_ONCE])


@transaction.atomic
def _gather(recipient_id: int, ticket_id: int, now: datetime) -> int:
    """Hold the rows first: whoever else sends or gathers one of them has it, or finds it gone."""
    rows = OutgoingEmail.objects.filter(
        state=MailState.QUEUED, grouped_until__lte=now, recipient=recipient_id, ticket=ticket_id
    )
    parts = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    keys = [part.pk for part in parts]
    held = OutgoingEmail.objects.filter(pk__in=keys)
    if len(parts) < 2:
        held.update(grouped_until=None, due_at=now)
        wake_after_commit(keys)
        return len(parts)
    whole = outbox.put([_whole(parts)])[0]
    answer = _("Joint au courriel « %(subject)s ».") % {"subject": whole.subject}
    held.update(state=MailState.CANCELLED, answer=answer, grouped_in=whole, grouped_until=None)
    return 1


def _whole(parts: list[OutgoingEmail]) -> OutgoingEmail:
    last = parts[-1]
    person, ticket = last.recipient, last.ticket
    if person is None or ticket is None:  # held back by person and request
        raise ValueError(last.pk)
    with override(person.language):
        context = {"parts": [_part(part) for part in parts]}
    rendered = render(
        STAFF_GROUP,
        context,
        language=person.language,
        reference=ticket.reference,
        topic=ticket.subject,
    )
    return outbox.mail(
        rendered,
        message=STAFF_GROUP,
        to=person.email,
        language=person.language,
        recipient=person,
        ticket=ticket,
    )


def _part(mail: OutgoingEmail) -> dict[str, Any]:
    return {"title": mail.event.label if mail.event else "", "text": mail.body_text.partition(_SIGNATURE)[0]}
