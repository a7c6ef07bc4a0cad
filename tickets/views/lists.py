"""Lists of requests: the dashboard and the search."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets.forms.search import SearchForm
from tickets.lifecycle.enums import OPEN, Status
from tickets.models import Participant, Ticket
from tickets.paging import BoundedPaginator, asked_page
from tickets.shown_status import hide_questions_on_their_way
from tickets.views.drafts import drafts_of

PAGE_SIZE = 20
# Nobody has more requests under way than this; past it, the search shows them all.
MAX_UNDER_WAY = 100
# Past this many, a search says « plus de »: nobody reads them all, and counting them costs more than finding.
FOUND_AT_MOST = 100


@require_safe
def dashboard(request):
    """Show the reader's own requests: those that expect her first, then open, then ended; and drafts.

    Then those she is invited to.
    """
    visible = Ticket.objects.visible_to(request.user)
    mine = visible.filter(requester=request.user)
    followed = visible.filter(pk__in=Participant.objects.of(request.user).values("ticket"))
    followed = followed.select_related("category").order_by("-updated_at", "-pk")
    mine = mine.select_related("category", "assignee")
    expected = mine.expecting_requester().order_by("updated_at", "pk")
    under_way = mine.filter(status__in=OPEN).exclude(status=Status.WAITING).order_by("-updated_at", "-pk")
    ended = Paginator(mine.ended().order_by("-ended_at", "-pk"), PAGE_SIZE)
    expected = hide_questions_on_their_way(expected[:MAX_UNDER_WAY])
    context = {
        "expected": [ticket for ticket in expected if ticket.expects_requester],
        "under_way": [
            *(ticket for ticket in expected if not ticket.expects_requester),
            *under_way[:MAX_UNDER_WAY],
        ],
        "page_obj": ended.get_page(request.GET.get("page")),
        "drafts": drafts_of(request.user),
        "followed": hide_questions_on_their_way(followed[:MAX_UNDER_WAY]),
    }
    return render(request, "tickets/dashboard.html", context)


@require_safe
def search(request):
    """Find requests among those the reader may see."""
    form = SearchForm(request.GET or {}, reader=request.user)
    page = None
    if form.is_valid():
        number = asked_page(request.GET.get("page", "1"))
        found = BoundedPaginator(form.results(), PAGE_SIZE, page_number=number, at_most=FOUND_AT_MOST)
        page = found.get_page(number)
        page.object_list = hide_questions_on_their_way(page.object_list)
    context = {"form": form, "page_obj": page, "is_asked": any(request.GET.values())}
    return render(request, "tickets/search.html", context)
