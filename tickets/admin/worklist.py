"""The list of requests: a Django changelist narrowed by our views and our form."""

from dataclasses import dataclass

from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.admin.filters import ListFilters
from tickets.admin.queues import ALL, BY_SLUG, PARAMETER, in_queue, queue_rows
from tickets.admin.themes import ReachedThemes
from tickets.models import Ticket

PER_PAGE = 30


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    ticket: Ticket
    url: str
    age: str


class WorkList(ChangeList):
    """What of the requests reached the reader asked for. Unknown parameters mean nothing here.

    The lookups Django's changelist takes from the address are left aside: they would let one guess, letter by
    letter, fields that no page shows.
    """

    def __init__(self, request, *args, **options):
        user = request.user
        self.queue = BY_SLUG.get(request.GET.get(PARAMETER, ""), ALL)
        self.filters = ListFilters(request.GET, user=user, themes=ReachedThemes(user))
        self.user, self.request_query = user, request.GET
        super().__init__(request, *args, **options)
        self.title = _("Demandes : %(view)s") % {"view": str(self.queue.label).lower()}

    def get_filters_params(self, params=None):
        """Read nothing of the address as a lookup."""
        return {}

    def get_queryset(self, request, exclude_parameters=None):
        """Return the requests of the view, narrowed by the form, in a stable order."""
        self.filter_specs, self.has_filters, self.has_active_filters = [], False, self.filters.is_active
        tickets = self.filters.narrow(in_queue(self.root_queryset, self.queue, self.user))
        return tickets.order_by(*self.filters.order(self.queue.ordering))

    @cached_property
    def menu(self):
        """The views and their counts: one query, asked only by the page."""
        return queue_rows(self.user, current=self.queue)

    @cached_property
    def rows(self):
        """The lines of this page."""
        today = timezone.localdate()
        return [
            Row(ticket=ticket, url=self.url_for_result(ticket), age=age_in_words(ticket, today))
            for ticket in self.result_list
        ]

    @property
    def previous_page_url(self):
        """The address of the page before, or nothing."""
        return self._page_url(self.page_num - 1) if self.page_num > 1 else ""

    @property
    def next_page_url(self):
        """The address of the page after, or nothing."""
        return self._page_url(self.page_num + 1) if self.page_num < self.paginator.num_pages else ""

    def _page_url(self, number):
        asked = self.request_query.copy()
        asked[PAGE_VAR] = number
        return f"?{asked.urlencode()}"

    @property
    def count_words(self):
        """How many requests were found, in words."""
        return self.paginator.count_words


def age_in_words(ticket, today):
    """Return how long ago the request was filed, in whole days."""
    days = (today - timezone.localdate(ticket.submitted_at)).days
    if days <= 0:
        return _("aujourd’hui")
    return ngettext("%(days)d jour", "%(days)d jours", days) % {"days": days}
