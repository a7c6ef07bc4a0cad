"""Requests in the admin: a list, a page, its moves. Nothing is added, edited or deleted field by field."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from categories.enums import RoleKind
from tickets.admin import desk, saved_views
from tickets.admin.addresses import list_query, ticket_url
from tickets.admin.bulk import ACTIONS
from tickets.admin.by_mail import CountAnswerPage
from tickets.admin.canned import canned_words
from tickets.admin.following import follow_request
from tickets.admin.moving import StaffMovePage
from tickets.admin.neighbours import keep_list, neighbours_of
from tickets.admin.page import page_context
from tickets.admin.presence import presence
from tickets.admin.readers import readers
from tickets.admin.taking_back import TakeBackPage
from tickets.admin.worklist import PER_PAGE, WorkList
from tickets.lifecycle.permissions import Standing
from tickets.lifecycle.transitions import BY_SLUG, COUNT_ANSWER, TAKE_BACK
from tickets.models import Ticket
from tickets.paging import BoundedPaginator, asked_page
from tickets.services.visits import last_visit, note_visit
from tickets.services.worklist import mark_seen
from tickets.views.moving import keep_for
from tickets.views.typing import keeps_typing

_BESIDE_THE_LIST = (
    ("compteurs.json", desk.counters, "counters"),
    ("aller/", desk.jump, "jump"),
    ("affichage/", desk.display, "display"),
    ("vues/", saved_views.views, "views"),
    ("vues/nouvelle/", saved_views.new_view, "new_view"),
    ("vues/<int:pk>/", saved_views.edit_view, "edit_view"),
    ("vues/<int:pk>/supprimer/", saved_views.remove_view, "remove_view"),
)
# Between them, these two may make every move a member of staff may ever make.
_STAFF = (Standing(role=RoleKind.MANAGER, is_assignee=True), Standing(role=RoleKind.MANAGER))


# The moves whose page is not that of all others.
_PAGES = {TAKE_BACK: TakeBackPage, COUNT_ANSWER: CountAnswerPage}


class TicketAdmin(admin.ModelAdmin):
    """The requests somebody handles or observes."""

    change_list_template = "gestion/tickets.html"
    actions = ACTIONS
    list_per_page = PER_PAGE
    list_max_show_all = PER_PAGE
    show_full_result_count = False
    paginator = BoundedPaginator

    # --- who: any member of staff sees the list; what is in it is `staffed_by` ---------------------
    def has_module_permission(self, request):
        """Open the room to staff."""
        return request.user.is_staff

    def has_view_permission(self, request, ticket=None):
        """Let staff read; `get_queryset` says what."""
        return request.user.is_staff

    def has_add_permission(self, request):
        """Requests are filed, not added."""
        return False

    def has_change_permission(self, request, ticket=None):
        """Requests are moved, not edited."""
        return False

    def has_delete_permission(self, request, ticket=None):
        """Nothing is ever deleted."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ticket]:
        """Return the requests she reads as staff."""
        return Ticket.objects.staffed_by(request.user).with_people()

    # --- the list ----------------------------------------------------------------------------------
    def get_changelist(self, request, **options):
        """Return our changelist."""
        return WorkList

    def get_paginator(self, request, queryset, per_page, *args, **options):
        """Return a paginator that counts no further than the page asked for."""
        return self.paginator(queryset, per_page, page_number=asked_page(request.GET.get("p", "1")))

    # --- addresses ---------------------------------------------------------------------------------
    def get_urls(self):
        """Serve the list, the page and the moves; none of Django's other pages."""
        wrap = self.admin_site.admin_view
        # Words typed before a session ended are kept before anybody is asked to log in again.
        move = keeps_typing(self._keep)(wrap(self.move_view))
        return [
            path("", wrap(self.changelist_view), name="tickets_ticket_changelist"),
            *(
                path(place, wrap(view), name=f"tickets_ticket_{name}")
                for place, view, name in _BESIDE_THE_LIST
            ),
            path("<int:object_id>/change/", wrap(self.change_view), name="tickets_ticket_change"),
            path("<int:object_id>/presence/", wrap(presence), name="tickets_ticket_presence"),
            path("<int:object_id>/reponse-type/", wrap(canned_words), name="tickets_ticket_canned"),
            path("<int:pk>/suivi/", wrap(follow_request), name="tickets_ticket_follow"),
            path("<int:pk>/lecteurs/", wrap(readers), name="tickets_ticket_readers"),
            path("<int:object_id>/<slug:slug>/", move, name="tickets_ticket_move"),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show one request; 404 for what she may not see."""
        ticket = self._ticket(request.user, object_id)
        context = keep_list(page_context(ticket, request.user), request.GET)
        context |= self.admin_site.each_context(request)
        context["neighbours"] = neighbours_of(
            ticket, request.user, request.GET, has_shortcuts=context["has_shortcuts"]
        )
        context["visit"] = _visit(request, ticket)
        return TemplateResponse(request, "gestion/ticket.html", context)

    def move_view(self, request, object_id, slug):
        """Serve one move; 404 for what no member of staff does.

        Whether she may do it now is for the service to say, once what she typed is kept: a colleague may have
        taken the request while she was writing.
        """
        move = _staff_move(slug)
        if move is None:
            raise Http404
        is_shown = request.method != "POST" or move.needs_page()
        ticket = self._ticket(request.user, object_id, is_shown=is_shown)
        done_url = ticket_url(ticket.pk, list_query(request.GET))
        context = self.admin_site.each_context(request) | {
            "title": move.label,
            "is_grave": move.name == "refuse",
        }
        page = _PAGES.get(move.name, StaffMovePage)
        return page(request, ticket, move, "gestion/move.html", done_url, context).serve()

    def _ticket(self, user, pk, *, is_shown=True):
        seen = Ticket.objects.staffed_by(user).filter(pk=pk)
        ticket = (seen.with_answers() if is_shown else seen).first()
        if ticket is None:
            raise Http404
        return ticket

    def _keep(self, request, owner, key, *, object_id, slug):
        ticket = Ticket.objects.staffed_by(owner).filter(pk=object_id).first()
        move = _staff_move(slug)
        return ticket is not None and move is not None and keep_for(owner, request, key, ticket, move)


def _visit(request, ticket):
    """Return the reader's visit, kept from now on, with what she has seen; None when nobody reads."""
    if not _is_read_by_a_person(request):
        return last_visit(request.user, ticket)
    mark_seen(request.user, ticket)
    return note_visit(request.user, ticket, timezone.now())


def _is_read_by_a_person(request):
    """Whether the page is opened to be read, not fetched beforehand by a browser.

    That its reader has seen it is the one thing a page may write when it is opened: « a GET changes nothing »
    is said of requests. The mark is hers, shown to nobody else, and written twice is as written once; no
    event, no mail. A button to say « seen » would be forgotten, a script would ask for JavaScript.
    """
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


def _staff_move(slug):
    """Return the move of that place in addresses, if some member of staff may ever make it."""
    move = BY_SLUG.get(slug)
    is_staffs = move is not None and move.who is not None and any(map(move.who, _STAFF))
    return move if is_staffs else None
