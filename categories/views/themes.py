"""Public pages of the themes."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from categories.models import Category
from categories.places import replacement_of
from categories.sheets import sheet_context


@login_not_required
@require_safe
def sheet(request, slug):
    """Show what a theme is for, what it asks, and what silence means; or lead to what replaces it."""
    themes = Category.objects.with_a_sheet().select_related("service", "parent")
    category = themes.filter(slug=slug).first()
    if category is not None:
        context = sheet_context(category, request.user, today=timezone.localdate())
        return render(request, "categories/sheet.html", context)
    replacement = replacement_of(slug)
    if replacement is None:
        raise Http404
    return redirect(replacement)
