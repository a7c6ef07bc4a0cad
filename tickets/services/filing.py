"""File a request: the draft becomes a request, its first event and its files, or nothing happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from categories.models import Category
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import MissingInputError, MoveRefusedError
from tickets.models import Draft, DraftFile, Ticket, TicketAnswers, TicketEvent
from tickets.services.assigning import assign_on_arrival
from tickets.services.content import Content, plain_content
from tickets.services.continuing import link_to_former
from tickets.services.drafts import discard_files
from tickets.services.limits import require_patience
from tickets.services.recording import record_event


class ThemeClosedError(MoveRefusedError):
    """The theme takes no request any more."""

    sentence = _("Ce thème ne reçoit plus de demandes : choisissez-en un autre. Votre texte est conservé.")


class DraftChangedError(MoveRefusedError):
    """The draft was written in another tab since its check page was shown."""

    sentence = _(
        "Ce brouillon a été modifié depuis, dans un autre onglet ou sur un autre appareil. "
        "Relisez-le ci-dessous, puis déposez-le."
    )


def filed_under(key: UUID, *, requester: User) -> Ticket | None:
    """Return the request `requester` filed with the draft `key`, or None."""
    event = (
        TicketEvent.objects.filter(key=key, kind="submit", actor=requester).select_related("ticket").first()
    )
    return event.ticket if event else None


@transaction.atomic
def open_ticket(
    key: UUID, *, requester: User, content: Content | None = None, at: datetime | None = None
) -> Ticket:
    """Turn the draft `key` of `requester` into a request and return it.

    `content` is what the form of the theme read in the draft; by default its subject and its message. Filing
    again with the same key (double click, replayed form, second tab) returns the request already filed. `at`
    is the instant of filing, now unless told: only what reports the past tells it. Raises Draft.DoesNotExist
    for an unknown key; MoveRefusedError (ThemeClosedError, DraftChangedError, MissingInputError,
    TooManyActsError).
    """
    draft = _held(key, requester)
    event = TicketEvent.objects.filter(key=key).select_related("ticket").first()
    if event and event.kind == "submit" and event.actor_id == requester.pk:
        return event.ticket
    if draft is None or draft.category is None:
        raise Draft.DoesNotExist
    if event:
        raise MoveRefusedError  # the key of another form, put here by hand
    content = content or plain_content(draft)
    files = list(draft.files.all())
    _check(draft, draft.category, content, files)
    if at is None:
        require_patience(requester, timezone.now())
    return _file(draft, requester, draft.category, content, files, at or timezone.now())


def _held(key: UUID, requester: User) -> Draft | None:
    """Lock the draft, then read it with its theme and its form: those it has once it was waited for."""
    mine = Draft.objects.filter(key=key, owner=requester)
    if not mine.select_for_update(of=("self",), no_key=True).values_list("pk").first():
        return None
    return mine.select_related("category__service", "form_version").first()


def _check(draft: Draft, category: Category, content: Content, files: list[DraftFile]) -> None:
    if not category.takes_requests():
        raise ThemeClosedError
    there = frozenset(file.uuid for file in files)
    if content.revision not in (None, draft.revision) or content.files not in (None, there):
        raise DraftChangedError
    if not content.has_words:
        raise MissingInputError


def _file(
    draft: Draft,
    requester: User,
    category: Category,
    content: Content,
    files: list[DraftFile],
    now: datetime,
) -> Ticket:
    ticket = _new_ticket(draft, requester, category, content, now)
    TicketAnswers.objects.create(
        ticket=ticket,
        values=content.answers,
        absences=content.absences,
        beneficiary=content.beneficiary,
    )
    kept = [file for file in files if not file.piece or file.piece in content.pieces]
    discard_files([file for file in files if file not in kept])
    record_event(
        ticket,
        "submit",
        actor=requester,
        before={},
        after={"status": Status.SUBMITTED, "category": category.slug, "subject": ticket.subject},
        message=content.message,
        files=kept,
        key=draft.key,
        at=now,
    )
    if draft.follows_id is not None:
        link_to_former(ticket, draft.follows_id, now)
    draft.delete()  # the rows of its files go too; their content now belongs to the attachments
    return assign_on_arrival(ticket, at=now)


def _new_ticket(draft: Draft, requester: User, category: Category, content: Content, now: datetime) -> Ticket:
    service: Any = category.service  # loaded, and never None: the theme takes requests
    return Ticket.objects.create(
        year=timezone.localtime(now).year,
        subject=content.subject,
        requester=requester,
        category=category,
        service=service,
        form_version=draft.form_version,
        is_incomplete=content.is_incomplete,
        terms_version=content.terms_version,
        is_sve=category.is_sve,
        silence_rule=category.silence_rule,
        silence_months=category.silence_months,
        start_event=category.start_event,
        priority=category.default_priority,
        submitted_at=now,
        updated_at=now,
        event_count=1,
    )
