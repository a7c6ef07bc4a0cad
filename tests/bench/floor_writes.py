"""Bare views that write: the queries of our pages and the rows they leave, and small mails.

tests/bench/test_bench.py compares the SQL. What they leave out is what costs without a query: forms, checks
of what was typed and of the file, mails as people read them, the worker woken.
"""

import hashlib
import uuid

from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone

from categories.models import Category
from categories.questionnaire.versions import current_version
from categories.roles import role_on
from notifications import flood, grouping
from notifications.audiences import Guest, Mailbox, told_of
from notifications.models import OutgoingEmail
from notifications.story import Story
from notifications.webhooks.writing import write_calls
from tests.bench.people import ALL_READ, KEY
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import (
    Attachment,
    Draft,
    DraftFile,
    SearchDocument,
    Ticket,
    TicketAnswers,
    TicketEvent,
    TicketMessage,
)
from tickets.services.filing import filed_under
from tickets.services.limits import hold_sender, is_too_much_today, require_patience, surplus_drafts
from tickets.services.moving import _WRITTEN


def _held(rows):
    return rows.select_for_update(of=("self",), no_key=True)


def take(request, pk):
    Ticket.objects.staffed_by(request.user).filter(pk=pk).first()
    key = uuid.UUID(request.POST[KEY])
    with transaction.atomic():
        asked = Ticket.objects.filter(pk__in=[pk])
        list(_held(asked).order_by("pk").values_list("pk"))
        (ticket,) = asked.with_answers()
        TicketEvent.objects.filter(key=key).only("ticket_id").first()
        before = _watched(ticket)
        role_on(request.user, ticket.category_id)
        list(ticket.events.filter(sequence__gt=ALL_READ))
        ticket.status, ticket.assignee = "in_progress", request.user
        ticket.updated_at, ticket.event_count = timezone.now(), ticket.event_count + 1
        ticket.save(update_fields=_WRITTEN)
        event = _event(ticket, "take", request.user, before, _watched(ticket), key)
        TicketEvent.message.related.set_cached_value(event, None)
        _tell(event)
    return HttpResponseRedirect(f"/sol/gestion/{pk}/")


def write(request, slug):
    upload, key = request.FILES["files"], uuid.UUID(request.POST[KEY])
    category = Category.objects.fileable().select_related("service").filter(slug=slug).first()
    filed_under(key, requester=request.user)
    given = {"owner": request.user, "category": category, "values": request.POST.dict()}
    with transaction.atomic():
        draft, _created = _held(Draft.objects.all()).get_or_create(
            key=key, defaults=given | {"form_version": lambda: current_version(category)}
        )
        surplus_drafts(draft)
    with transaction.atomic():
        hold_sender(request.user)
        _held(Draft.objects.all()).filter(pk=draft.pk).exists()
        list(draft.files.all())
        is_too_much_today(request.user, upload.size)
        DraftFile.objects.create(
            draft=draft,
            content=upload,
            name=upload.name,
            size=upload.size,
            content_type=upload.content_type,
            sha256=hashlib.file_digest(upload, "sha256").hexdigest(),
            verdict="unchecked",
        )
        Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now(), warned_at=None)
    list(draft.files.all())
    return HttpResponseRedirect(f"/sol/deposer/{slug}/")


def file(request, slug):
    key = uuid.UUID(request.POST[KEY])
    hers = Draft.objects.filter(key=key, owner=request.user)
    shown = Draft.objects.filter(key=key, owner=request.user, category__slug=slug)
    shown = shown.select_related("form_version", "category__service").first()
    list(shown.files.all())
    with transaction.atomic():
        _held(hers).values_list("pk").first()
        draft = hers.select_related("category__service", "form_version").first()
        TicketEvent.objects.filter(key=key).select_related("ticket").first()
        files = list(draft.files.all())
        require_patience(request.user, timezone.now())
        ticket = _filed(draft, request.user)
        TicketAnswers.objects.create(ticket=ticket, values=draft.values)
        event = _event(ticket, "submit", request.user, {}, {"subject": ticket.subject}, draft.key)
        text = draft.values["message"]
        TicketMessage.objects.create(event=event, text=text)
        Attachment.objects.bulk_create([_attached(one, event) for one in files])
        both = (False, True)
        SearchDocument.objects.bulk_create(
            SearchDocument(ticket=ticket, is_internal=is_internal, text=text) for is_internal in both
        )
        _tell(event)
        draft.delete()
    return HttpResponseRedirect(f"/sol/demandes/{ticket.reference}/")


def _filed(draft, requester):
    now = timezone.now()
    return Ticket.objects.create(
        year=now.year,
        subject=draft.values["subject"],
        requester=requester,
        category=draft.category,
        service=draft.category.service,
        form_version=draft.form_version,
        submitted_at=now,
        updated_at=now,
        event_count=1,
    )


def _watched(ticket):
    return {"status": ticket.status, "assignee_id": ticket.assignee_id, "outcome": ticket.outcome}


def _event(ticket, kind, actor, before, after, key):
    return TicketEvent.objects.create(
        ticket=ticket,
        sequence=ticket.event_count,
        kind=kind,
        actor=actor,
        before=before,
        after=after,
        key=key,
    )


def _attached(one, event):
    return Attachment(
        uuid=one.uuid,
        content=one.content.name,
        name=one.name,
        size=one.size,
        content_type=one.content_type,
        sha256=one.sha256,
        verdict=one.verdict,
        ticket=event.ticket,
        event=event,
        owner=event.actor,
    )


def _tell(event):
    told, story = told_of(event), Story(event)
    context = {
        "ticket": event.ticket,
        "news": event.kind,
        "is_confidential": story.is_confidential,
        "exchanges": story.exchanges,
        "files": story.shared_files,
        "lacks_items": story.lacks_items,
    }
    mails = [_mail(event, person, rule.message, context) for person, rule in told]
    grouping.hold_back(mails, leaves_at=None)
    flood.hold_back(mails, now=timezone.now())
    OutgoingEmail.objects.bulk_create(mails)
    write_calls(event)


def _mail(event, person, message, context):
    text = render_to_string("bench/mail.txt", context | {"reader": person})
    return OutgoingEmail(
        message=message,
        event=event,
        ticket=event.ticket,
        recipient=None if isinstance(person, Mailbox | Guest) else person,
        to=person.email,
        subject=event.ticket.reference,
        body_text=text,
        body_html=text,
        is_legal=person == event.ticket.requester and TRANSITIONS[event.kind].is_legal,
    )
