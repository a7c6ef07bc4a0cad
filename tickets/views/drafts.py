"""The drafts of requests, on the dashboard of their author."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets.models import Draft
from tickets.services.drafts import discard_draft
from tickets.services.left_drafts import erased_at


def drafts_of(reader):
    """Return the drafts of requests of `reader`, the last written first: with `file_count`, `kept_until`."""
    drafts = list(_mine(reader).order_by("-updated_at", "pk"))
    for draft in drafts:
        draft.kept_until = erased_at(draft)
    return drafts


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, uuid):
    """Ask whether a draft is to go; erase it with its files."""
    draft = get_object_or_404(_mine(request.user), key=uuid)
    if request.method != "POST":
        return render(request, "tickets/discard.html", {"draft": draft})
    discard_draft(draft)
    messages.success(request, _("Brouillon supprimé."))
    return redirect("tickets:dashboard")


def _mine(reader):
    drafts = Draft.objects.filter(owner=reader, category__isnull=False).select_related("category")
    return drafts.annotate(file_count=Count("files"))
