"""Bare views: the queries of our pages and a small template. tests/bench/test_floor.py compares the SQL."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from categories.roles import is_confidential
from tickets.admin.columns import display_of
from tickets.admin.filters import in_charge_choices
from tickets.admin.queues import count_queues
from tickets.admin.saved_views import view_rows
from tickets.admin.themes import ReachedThemes
from tickets.admin.worklist import PER_PAGE, SHOWN, unread_by
from tickets.forms.search import themes_asked
from tickets.lifecycle.enums import OPEN, Status
from tickets.models import Draft, Participant, Ticket, Visit
from tickets.paging import COUNTED_AT_MOST
from tickets.search.matching import tickets_with
from tickets.views.drafts import drafts_of
from tickets.views.lists import FOUND_AT_MOST, MAX_UNDER_WAY, PAGE_SIZE


@login_not_required
def empty(request):
    return HttpResponse("Rien.")


def ticket(request, reference):
    one = Ticket.objects.visible_to(request.user).by_reference(reference).with_answers().first()
    if one is None:
        raise Http404
    context = {
        "ticket": one,
        "is_confidential": is_confidential(one.category_id),
        "events": one.events.shared().with_content(),
        "drafts": list(
            Draft.objects.filter(owner=request.user, ticket=one).order_by("-updated_at", "pk")[:3]
        ),
        "guests": list(one.participants.current().order_by("at", "pk")),
        "visit": Visit.objects.filter(person=request.user, ticket=one).first(),
    }
    return render(request, "bench/ticket.html", context)


def own_list(request):
    mine = Ticket.objects.visible_to(request.user).filter(requester=request.user)
    mine = mine.select_related("category", "assignee")
    followed = Ticket.objects.visible_to(request.user)
    followed = followed.filter(pk__in=Participant.objects.of(request.user).values("ticket"))
    ended = mine.ended().order_by("-ended_at", "-pk")
    under_way = mine.filter(status__in=OPEN).exclude(status=Status.WAITING)
    context = {
        "count": ended.count(),
        "lists": [
            mine.expecting_requester().order_by("updated_at", "pk")[:MAX_UNDER_WAY],
            under_way.order_by("-updated_at", "-pk")[:MAX_UNDER_WAY],
            ended[:PAGE_SIZE],
            followed.select_related("category").order_by("-updated_at", "-pk")[:MAX_UNDER_WAY],
        ],
        "drafts": drafts_of(request.user),
    }
    return render(request, "bench/list.html", context)


def staff_list(request):
    reached = Ticket.objects.staffed_by(request.user).with_people()
    listed = reached.only(*SHOWN).annotate(is_unread=unread_by(request.user))
    context = {
        "display": display_of(request.user),
        "views": view_rows(request.user),
        "counts": count_queues(request.user),
        "themes": ReachedThemes(request.user).choices,
        "people": in_charge_choices(request.user),
        "count": listed.order_by().values("pk")[:COUNTED_AT_MOST].count(),
        "lists": [listed.order_by("-submitted_at", "-pk")[:PER_PAGE]],
    }
    return render(request, "bench/list.html", context)


def search(request):
    found = tickets_with(request.GET["q"], reader=request.user)
    rows = found.select_related("category").order_by("-submitted_at", "-pk")[:PAGE_SIZE]
    context = {
        "count": found.order_by().values("pk")[:FOUND_AT_MOST].count(),
        "themes": [(one.pk, one.name) for one in themes_asked(request.user)],
        "lists": [rows],
    }
    return render(request, "bench/list.html", context)
