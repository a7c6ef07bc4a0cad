"""The mails of a request, on its requester's side: each reader finds those addressed to her."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.ledger import PER_PAGE, mails_of, rows_for_reader, told_to_service
from tickets.lifecycle.permissions import standing_of
from tickets.models import Ticket
from tickets.paging import BoundedPaginator, asked_page


@require_safe
def mails(request, reference):
    """Show what was sent to the reader about the request, latest first."""
    ticket, reader, is_hers = _found(request.user, reference)
    number = asked_page(request.GET.get("page", "1"))
    page = BoundedPaginator(mails_of(ticket, reader), PER_PAGE, page_number=number).get_page(number)
    context = {
        "ticket": ticket,
        "rows": rows_for_reader(list(page.object_list), ticket, reader),
        "page_obj": page,
        "told": told_to_service(ticket) if is_hers else [],
        "is_mine": reader == request.user,
    }
    return render(request, "notifications/mails.html", context)


@require_safe
def one_mail(request, reference, uuid):
    """Show one of them as it was sent; not what opened something for whoever held its link."""
    ticket, reader, _is_hers = _found(request.user, reference)
    mail = mails_of(ticket, reader).defer(None).filter(uuid=uuid).first()
    if mail is None:
        raise Http404
    row = rows_for_reader([mail], ticket, reader)[0]
    return render(request, "notifications/mail.html", {"ticket": ticket, "row": row, "mail": mail})


def _found(user, reference):
    """Return the request, whose mails are shown, and whether these are its requester's; 404 if not seen.

    Staff read here what its requester reads, as on the page of the request; those invited, their own.
    """
    ticket = Ticket.objects.visible_to(user).by_reference(reference).select_related("requester").first()
    if ticket is None:
        raise Http404
    standing = standing_of(user, ticket)
    reader = user if standing.is_outside else ticket.requester
    return ticket, reader, reader == ticket.requester
