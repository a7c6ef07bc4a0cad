"""Questions people ask, and their answers."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def questions(request):
    """Answer general questions on the service."""
    return render(request, "pages/faq.html")
