"""« Que cherchez-vous ? » and the tree below it: the page, what it shows as one types, the filing step."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from categories.finder.finding import find
from categories.finder.words import LONGEST_TEXT
from categories.models import Signpost
from categories.tree import leaves, nest, nested_tree, read_searched

_SHEET, _FILE = "categories:sheet", "tickets:write"


def tree_context(request):
    """Return what the tree and the finder need: the tree, and what answers `?q=` when something is asked."""
    asked = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_TEXT]
    signposts = list(Signpost.objects.published())
    if not asked:
        return {"tree": nested_tree(), "asked": "", "found": None, "fallback": None, "elsewhere": signposts}
    rows = read_searched()
    roots = nest(rows)
    found = find(asked, user=request.user, rows=rows, roots=roots, signposts=signposts)
    fallback = _fallback(roots)
    return {"tree": roots, "asked": asked, "found": found, "fallback": fallback, "elsewhere": signposts}


def _fallback(roots):
    """Return the theme for what no other theme covers, or None when it is switched off."""
    themes = (node.theme for node, _above in leaves(roots))
    return next((theme for theme in themes if theme.manual_qualification), None)


@login_not_required
@require_safe
def tree(request):
    """Show the tree of themes and the finder, to anybody; `?fragment=1` only what was found, as one types."""
    if request.GET.get("fragment"):
        target = _FILE if request.GET.get("depot") else _SHEET
        return render(request, "categories/_finder_results.html", tree_context(request) | {"target": target})
    return render(request, "categories/tree.html", tree_context(request))
