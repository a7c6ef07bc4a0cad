"""The pages of statistics, one a chapter, and the export of each figure."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tickets.admin.scope_form import ScopeForm
from tickets.admin.themes import ReachedThemes
from tickets.statistics.chapters import BY_SLUG, CHAPTERS, MAKERS
from tickets.statistics.facts import Facts
from tickets.statistics.sheets import csv_bytes, ods_bytes

_KINDS = {"csv": "text/csv; charset=utf-8", "ods": "application/vnd.oasis.opendocument.spreadsheet"}


@require_safe
def statistics(request, chapter=""):
    """Show the figures of a chapter: pictures, with the table under each."""
    if chapter not in BY_SLUG:
        raise Http404
    form = ScopeForm(request.GET, themes=ReachedThemes(request.user))
    scope = form.scope(request.user)
    facts, current = Facts(scope), BY_SLUG[chapter]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = admin.site.each_context(request) | {
        "title": _title(current),
        "form": form,
        "scope": scope,
        "room_url": reverse("admin:statistics"),
        "chapters": [(_url(each), each.label, each is current) for each in CHAPTERS],
        "keys": current.keys(facts),
        "figures": [make(facts) for make in current.makers.values()],
        "query": query,
        "is_narrowed": bool(query),
    }
    return TemplateResponse(request, "gestion/statistics.html", context)


@require_safe
def statistics_export(request, figure, kind):
    """Send one figure for a spreadsheet, as the page shows it."""
    if figure not in MAKERS or kind not in _KINDS:
        raise Http404
    form = ScopeForm(request.GET, themes=ReachedThemes(request.user))
    scope = form.scope(request.user)
    made = MAKERS[figure](Facts(scope))
    content = csv_bytes(made.sheet) if kind == "csv" else ods_bytes(made.sheet, title=str(made.title))
    name = f"teledemande-{figure}-{scope.since:%Y%m%d}-{scope.until:%Y%m%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_KINDS[kind], headers=headers)


def _title(chapter):
    return _("Statistiques : %(chapter)s") % {"chapter": chapter.label} if chapter.slug else _("Statistiques")


def _url(chapter):
    if not chapter.slug:
        return reverse("admin:statistics")
    return reverse("admin:statistics_chapter", args=[chapter.slug])
