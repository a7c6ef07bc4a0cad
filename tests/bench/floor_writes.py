"""Bare views that write: the rows our pages leave, in one transaction, and nothing of what protects them."""

import hashlib
import uuid

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from categories.models import Category
from categories.questionnaire.versions import current_version
from categories.roles import role_on
from notifications.models import OutgoingEmail
from tests.bench.people import KEY
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


def take(request, pk):
    ticket = get_object_or_404(Ticket.objects.staffed_by(request.user).with_people(), pk=pk)
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        before = _watched(ticket)
        role_on(request.user, ticket.category_id)
        ticket.status, ticket.assignee = "in_progress", request.user
        ticket.updated_at, ticket.event_count = timezone.now(), ticket.event_count + 1
        ticket.save(update_fields=["status", "assignee", "updated_at", "event_count"])
        event = _event(ticket, "take", request.user, before, _watched(ticket), uuid.UUID(request.POST[KEY]))
        _mail(event, ticket.requester)
    return HttpResponseRedirect(f"/sol/gestion/{pk}/")


def write(request, slug):
    upload = request.FILES["files"]
    category = get_object_or_404(Category.objects.fileable().select_related("service"), slug=slug)
    with transaction.atomic():
        draft = Draft.objects.create(
            key=request.POST[KEY],
            owner=request.user,
            category=category,
            form_version=current_version(category),
            values=request.POST.dict(),
        )
        DraftFile.objects.create(
            draft=draft,
            content=upload,
            name=upload.name,
            size=upload.size,
            content_type=upload.content_type,
            sha256=hashlib.file_digest(upload, "sha256").hexdigest(),
            verdict="unchecked",
        )
    return HttpResponseRedirect(f"/sol/deposer/{slug}/")


def file(request, slug):
    drafts = Draft.objects.select_related("form_version", "category__service")
    draft = get_object_or_404(drafts, key=request.POST[KEY], owner=request.user)
    with transaction.atomic():
        ticket = _filed(draft)
        TicketAnswers.objects.create(ticket=ticket, values=draft.values)
        event = _event(ticket, "submit", request.user, {}, {"subject": ticket.subject}, draft.key)
        text = draft.values["message"]
        TicketMessage.objects.create(event=event, text=text)
        Attachment.objects.bulk_create([_attached(one, event) for one in draft.files.all()])
        both = (False, True)
        SearchDocument.objects.bulk_create(
            SearchDocument(ticket=ticket, is_internal=is_internal, text=text) for is_internal in both
        )
        draft.delete()
        _mail(event, ticket.requester)
    return HttpResponseRedirect(f"/sol/demandes/{ticket.reference}/")


def _filed(draft):
    now = timezone.now()
    return Ticket.objects.create(
        year=now.year,
        subject=draft.values["subject"],
        requester=draft.owner,
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


def _mail(event, person):
    context = {"reader": person, "ticket": event.ticket, "news": event.kind}
    text = render_to_string("bench/mail.txt", context)
    OutgoingEmail.objects.create(
        message="receipt",
        event=event,
        ticket=event.ticket,
        recipient=person,
        to=person.email,
        subject=event.ticket.reference,
        body_text=text,
        body_html=text,
    )
