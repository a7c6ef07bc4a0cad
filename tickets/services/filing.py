"""File a request: the draft becomes a request, its first event and its files, or nothing happens."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from categories.models import Category
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import MissingInputError, MoveRefusedError
from tickets.models import Draft, Ticket, TicketEvent
from tickets.services.assigning import assign_on_arrival
from tickets.services.limits import require_patience
from tickets.services.recording import record_event


class ThemeClosedError(MoveRefusedError):
    """The theme takes no request any more."""

    sentence = _("Ce thème ne reçoit plus de demandes : choisissez-en un autre. Votre texte est conservé.")


def filed_under(key: UUID, *, requester: User) -> Ticket | None:
    """Return the request `requester` filed with the draft `key`, or None."""
    event = (
        TicketEvent.objects.filter(key=key, kind="submit", actor=requester).select_related("ticket").first()
    )
    return event.ticket if event else None


@transaction.atomic
def open_ticket(key: UUID, *, requester: User, at: datetime | None = None) -> Ticket:
    """Turn the draft `key` of `requester` into a request and return it.

    Filing again with the same key (double click, replayed form, second tab) returns the request already
    filed. `at` is the instant of filing, now unless told: only what reports the past tells it.
    Raises Draft.DoesNotExist for an unknown key; MoveRefusedError (ThemeClosedError, MissingInputError,
    TooManyActsError).
    """
    draft = (
        Draft.objects.select_for_update(of=("self",), no_key=True).filter(key=key, owner=requester).first()
    )
    if filed := filed_under(key, requester=requester):
        return filed
    if draft is None or draft.category is None:
        raise Draft.DoesNotExist
    if TicketEvent.objects.filter(key=key).exists():
        raise MoveRefusedError  # the key of another form, put here by hand
    _check(draft, draft.category)
    if at is None:
        require_patience(requester, timezone.now())
    return _file(draft, draft.category, at or timezone.now())


def _check(draft: Draft, category: Category) -> None:
    if not category.takes_requests():
        raise ThemeClosedError
    if not all(draft.values.get(name, "").strip() for name in ("subject", "message")):
        raise MissingInputError


def _file(draft: Draft, category: Category, now: datetime) -> Ticket:
    ticket = Ticket.objects.create(
        year=timezone.localtime(now).year,
        subject=draft.values["subject"],
        requester=draft.owner,
        category=category,
        service_id=category.service_id,
        is_sve=category.is_sve,
        silence_rule=category.silence_rule,
        silence_months=category.silence_months,
        start_event=category.start_event,
        priority=category.default_priority,
        submitted_at=now,
        updated_at=now,
        event_count=1,
    )
    files = list(draft.files.all())
    record_event(
        ticket,
        "submit",
        actor=draft.owner,
        before={},
        after={"status": Status.SUBMITTED, "category": category.slug, "subject": ticket.subject},
        message=draft.values["message"],
        files=files,
        key=draft.key,
        at=now,
    )
    draft.delete()  # the rows of its files go too; their content now belongs to the attachments
    return assign_on_arrival(ticket, at=now)
