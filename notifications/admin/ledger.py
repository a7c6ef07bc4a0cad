"""The mails of one request, as staff read them."""

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notifications.ledger import PER_PAGE, all_mails_of, rows_for_staff
from tickets.models import Ticket
from tickets.paging import BoundedPaginator, asked_page


@require_safe
def ticket_mails(request, pk):
    """Show the mails of the request, latest first, to those who read it as staff; 404 for all others."""
    ticket = Ticket.objects.staffed_by(request.user).select_related("requester").filter(pk=pk).first()
    if ticket is None:
        raise Http404
    number = asked_page(request.GET.get("page", "1"))
    page = BoundedPaginator(all_mails_of(ticket), PER_PAGE, page_number=number).get_page(number)
    context = admin.site.each_context(request) | {
        "title": _("Courriels de cette demande"),
        "ticket": ticket,
        "rows": rows_for_staff(list(page.object_list), ticket),
        "page_obj": page,
        "back_url": reverse("admin:tickets_ticket_change", args=[ticket.pk]),
    }
    return TemplateResponse(request, "gestion/ticket_mails.html", context)
