"""The files of a request: the one gate of their contents, one by one or all in one archive."""

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tickets.files.archive import members_of, readme, stream
from tickets.files.gate import may_open, words_on
from tickets.files.preview import (
    PAGES_A_SHEET,
    PreviewBusyError,
    PreviewImpossibleError,
    can_preview,
    page_of,
    sheet_of,
)
from tickets.models import Attachment, Ticket, Verdict
from tickets.services.withdrawing import note_opening, note_openings
from tickets.timeline import shared_entries, staff_entries


@require_safe
def file(request, reference, uuid):
    """Give one file: right to see it, a verdict that lets it be opened, and only as a download."""
    attachment = visible_file(request.user, reference, uuid)
    if not may_open(attachment, is_mine=attachment.owner_id == request.user.pk):
        return _held(request, attachment)
    if request.method == "GET" and not note_opening(attachment, request.user):
        raise Http404
    response = FileResponse(
        attachment.content.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    return shut_in(response)


@require_safe
def preview(request, reference, uuid):
    """Show the pages of a picture or of a PDF, drawn apart: a sheet at a time."""
    attachment = visible_file(request.user, reference, uuid)
    if not may_open(attachment, is_mine=attachment.owner_id == request.user.pk):
        return _held(request, attachment)
    number = request.GET.get("page", "")
    context = _about(attachment, is_staff=_is_staff(request.user, attachment.ticket_id))
    try:
        context |= _sheet(attachment, int(number) if number.isdecimal() and len(number) < 7 else 1)
    except PreviewImpossibleError:
        context["is_impossible"] = True
    except PreviewBusyError:
        context["is_busy"] = True
    return render(request, "tickets/preview.html", context, status=503 if context.get("is_busy") else 200)


def _sheet(attachment, number):
    if not can_preview(attachment):
        raise PreviewImpossibleError
    sheet = sheet_of(attachment, number)
    first, last = sheet.numbers[0], sheet.numbers[-1]
    return {
        "pages": [(number, _page_url(attachment, number)) for number in sheet.numbers],
        "total": sheet.total,
        "previous": first - PAGES_A_SHEET if first > 1 else None,
        "following": last + 1 if last < sheet.total else None,
    }


def _page_url(attachment, number):
    return reverse("tickets:preview_page", args=[attachment.ticket.reference, attachment.uuid, number])


@require_safe
def preview_page(request, reference, uuid, page):
    """Give one page as a PNG we drew, to those who may open its file."""
    attachment = visible_file(request.user, reference, uuid)
    if not may_open(attachment, is_mine=attachment.owner_id == request.user.pk):
        raise Http404
    if not can_preview(attachment) or not note_opening(attachment, request.user):
        raise Http404
    try:
        with page_of(attachment, page) as drawn:
            return shut_in(HttpResponse(drawn.read(), content_type="image/png"))
    except PreviewImpossibleError as error:
        raise Http404 from error
    except PreviewBusyError:
        return HttpResponse(status=503)


@require_safe
def archive(request, reference):
    """Give all the files of a request its reader may open, as one ZIP; staff's holds the internal ones."""
    ticket = Ticket.objects.visible_to(request.user).by_reference(reference).with_people().first()
    if ticket is None:
        raise Http404
    is_staff = _is_staff(request.user, ticket.pk)
    if request.method == "GET":
        note_openings(ticket, request.user)
    members = members_of(ticket, (staff_entries if is_staff else shared_entries)(ticket, request.user))
    now = timezone.now()
    # Written now: once the view has returned, the language of the page is forgotten.
    text = readme(ticket, members, at=now)
    response = StreamingHttpResponse(stream(ticket, members, text, at=now), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{ticket.reference}.zip"'
    return shut_in(response)


def visible_file(user, reference, uuid):
    """Return the file `uuid` of that request if `user` may know of it; 404 otherwise."""
    tickets = Ticket.objects.by_reference(reference)
    files = Attachment.objects.visible_to(user).filter(ticket__in=tickets)
    return get_object_or_404(files.select_related("ticket"), uuid=uuid)


def shut_in(response):
    """Make `response`, which comes from what somebody sent, harmless in a browser and kept by no cache."""
    # A file is never a page of ours, whatever a browser thinks it is.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _held(request, attachment):
    """Say why the file is not given: 409 while it waits for its verdict, 403 for ever if it is infected, 410
    once its author has withdrawn it.
    """
    is_staff = _is_staff(request.user, attachment.ticket_id)
    is_infected = attachment.verdict == Verdict.INFECTED
    context = _about(attachment, is_staff=is_staff) | {
        "words": words_on(attachment, is_mine=attachment.owner_id == request.user.pk, is_staff=is_staff),
        "is_infected": is_infected,
    }
    status = 410 if attachment.withdrawn_at else 403 if is_infected else 409
    return render(request, "tickets/file_held.html", context, status=status)


def _is_staff(user, ticket_pk):
    return Ticket.objects.staffed_by(user).filter(pk=ticket_pk).exists()


def _about(attachment, *, is_staff):
    ticket = attachment.ticket
    staff_url = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    return {
        "file": attachment,
        "ticket": ticket,
        "url": attachment.get_absolute_url(),
        "back_url": staff_url if is_staff else ticket.get_absolute_url(),
    }
