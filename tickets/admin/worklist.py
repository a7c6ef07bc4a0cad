"""The list of requests: a Django changelist narrowed by our views and our form."""

from dataclasses import dataclass

from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Case, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.admin.addresses import list_query, ticket_urls
from tickets.admin.cells import Cells
from tickets.admin.columns import display_of
from tickets.admin.filters import ListFilters
from tickets.admin.orders import in_order
from tickets.admin.queues import ALL, BY_SLUG, PARAMETER, in_queue, queue_rows
from tickets.admin.saved_views import view_rows
from tickets.admin.themes import ReachedThemes
from tickets.lifecycle.enums import FINAL
from tickets.models import ReadMark, Ticket, TicketEvent

PER_PAGE = 30
# What a line shows: a request, its theme and three people have a hundred columns.
SHOWN = (
    *("year", "subject", "status", "submitted_at", "updated_at", "event_count", "priority", "silence_on"),
    *("abuse", "unreached_at", "category__name", "service__name"),
    *(f"{person}__{part}" for person in ("requester", "assignee") for part in User.NAMED_BY),
)


class Asked:
    """Which requests, and in which order, the address of a list asks for. Unknown names mean nothing."""

    def __init__(self, user, asked):
        self.user = user
        self.query = list_query(asked)
        self.queue = BY_SLUG.get(asked.get(PARAMETER, ""), ALL)
        self.filters = ListFilters(asked, user=user, themes=ReachedThemes(user))

    @property
    def order(self):
        """The order asked for, or that of the view."""
        return self.filters.order(self.queue.ordering)

    def narrow(self, tickets):
        """Keep the requests of `tickets`, already those she may read, that the list shows."""
        return self.filters.narrow(in_queue(tickets, self.queue, self.user))


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    ticket: Ticket
    reference: str
    url: str
    cells: list[tuple[str, str]]


class WorkList(ChangeList):
    """What of the requests reached the reader asked for. Unknown parameters mean nothing here.

    The lookups Django's changelist takes from the address are left aside: they would let one guess, letter by
    letter, fields that no page shows.
    """

    def __init__(self, request, *args, **options):
        self.user, self.request_query = request.user, request.GET
        self.asked = Asked(request.user, request.GET)
        self.queue, self.filters = self.asked.queue, self.asked.filters
        super().__init__(request, *args, **options)
        self.title = _("Demandes : %(view)s") % {"view": str(self.queue.label).lower()}

    def get_filters_params(self, params=None):
        """Read nothing of the address as a lookup."""
        return {}

    def get_queryset(self, request, exclude_parameters=None):
        """Return the requests of the view, narrowed by the form, in a stable order."""
        self.filter_specs, self.has_filters, self.has_active_filters = [], False, self.filters.is_active
        tickets = self.asked.narrow(self.root_queryset).only(*SHOWN)
        return in_order(tickets.annotate(is_unread=unread_by(self.user)), self.asked.order)

    @cached_property
    def menu(self):
        """The views and their counts: one query, asked only by the page."""
        return queue_rows(self.user, current=self.queue)

    @cached_property
    def saved_views(self):
        """Her own views and those shared with her: one query."""
        return view_rows(self.user, self.asked.query)

    @cached_property
    def display(self):
        """How she has her list shown: one query."""
        return display_of(self.user)

    @cached_property
    def rows(self):
        """The lines of this page."""
        cells, url_of = Cells(self.display.columns), ticket_urls(self.asked.query)
        return [
            Row(ticket, reference=ticket.reference, url=url_of(ticket.pk), cells=cells.of(ticket))
            for ticket in self.result_list
        ]

    @property
    def events_shown(self):
        """How many events each request of this page has: taking one asks whether somebody took it since."""
        return " ".join(f"{row.ticket.pk}:{row.ticket.event_count}" for row in self.rows)

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


def unread_by(user):
    """The archive is nobody's to read: only what is alive is said to be unread."""
    is_new = ReadMark.objects.unread_by(user, TicketEvent.objects.all())
    return Case(When(status__in=FINAL, then=Value(False)), default=is_new)
