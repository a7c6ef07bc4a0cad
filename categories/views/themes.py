"""Public pages of the themes."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from categories.models import Category
from categories.tree import filter_tree, nested_tree


def tree_context(request):
    """Return what `categories/_tree.html` needs, filtered by the words of `?q=`."""
    asked = request.GET.get("q", "")[:200]
    nodes = nested_tree()
    return {"tree": nodes, "asked": asked, "found": filter_tree(nodes, asked)}


@login_not_required
@require_safe
def tree(request):
    """Show the tree of themes, to anybody."""
    return render(request, "categories/tree.html", tree_context(request))


@login_not_required
@require_safe
def sheet(request, slug):
    """Show what a theme is for, who handles it, and what silence means."""
    category = get_object_or_404(Category.objects.fileable().select_related("service", "parent"), slug=slug)
    return render(request, "categories/sheet.html", {"category": category})
