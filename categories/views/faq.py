"""Questions people ask, and their answers."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from categories.models import FaqEntry


@login_not_required
@require_safe
def questions(request):
    """Answer general questions on the service."""
    return render(request, "pages/faq.html")


@login_not_required
@require_safe
def entry(request, slug):
    """Answer one question, at an address that never changes."""
    found = get_object_or_404(FaqEntry.objects.visible_to(request.user), slug=slug)
    return render(request, "categories/faq_entry.html", {"entry": found})
