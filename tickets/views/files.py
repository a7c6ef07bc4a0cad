"""The files of a request: the one gate of their contents, one by one or all in one archive."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tickets.files.archive import members_of, readme, stream
from tickets.files.gate import may_open, words_on
from tickets.models import Attachment, Ticket, Verdict
from tickets.timeline import shared_entries, staff_entries


@require_safe
def file(request, reference, uuid):
    """Give one file: right to see it, a verdict that lets it be opened, and only as a download."""
    attachment = visible_file(request.user, reference, uuid)
    if not may_open(attachment, is_mine=attachment.owner_id == request.user.pk):
        return _held(request, attachment)
    response = FileResponse(
        attachment.content.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    return shut_in(response)


@require_safe
def archive(request, reference):
    """Give all the files of a request its reader may open, as one ZIP; staff's holds the internal ones."""
    ticket = Ticket.objects.visible_to(request.user).by_reference(reference).with_people().first()
    if ticket is None:
        raise Http404
    is_staff = Ticket.objects.staffed_by(request.user).filter(pk=ticket.pk).exists()
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
    """Say why the file is not given: 409 while it waits for its verdict, 403 for ever if it is infected."""
    is_staff = Ticket.objects.staffed_by(request.user).filter(pk=attachment.ticket_id).exists()
    is_infected = attachment.verdict == Verdict.INFECTED
    context = {
        "file": attachment,
        "ticket": attachment.ticket,
        "words": words_on(attachment, is_mine=attachment.owner_id == request.user.pk, is_staff=is_staff),
        "is_infected": is_infected,
        "is_staff": is_staff,
    }
    return render(request, "tickets/file_held.html", context, status=403 if is_infected else 409)
