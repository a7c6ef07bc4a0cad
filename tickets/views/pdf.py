"""A request as a PDF: the copy of the requester, and that of the team with its notes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets.models import Ticket
from tickets.pdf.rendering import PdfUnavailableError, pdf_of
from tickets.views.files import shut_in
from tickets.views.ticket import visible_ticket


@require_safe
def request_pdf(request, reference):
    """Give what the requester reads of the request, whoever sees it."""
    return _served(request, visible_ticket(request.user, reference), is_staff=False)


@require_safe
def team_pdf(request, reference):
    """Give what staff read of the request, notes included; 404 for everybody else."""
    tickets = Ticket.objects.staffed_by(request.user).by_reference(reference)
    ticket = tickets.with_answers().first()
    if ticket is None:
        raise Http404
    return _served(request, ticket, is_staff=True)


def _served(request, ticket, *, is_staff):
    try:
        body = pdf_of(ticket, request.user, is_staff=is_staff)
    except PdfUnavailableError:
        return render(request, "tickets/pdf_unavailable.html", {"ticket": ticket}, status=503)
    name = f"{ticket.reference}-equipe.pdf" if is_staff else f"{ticket.reference}.pdf"
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shut_in(response)
