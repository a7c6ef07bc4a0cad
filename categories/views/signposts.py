"""Public pages that say where to go for what the service does not handle."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from categories.models import Signpost


@login_not_required
@require_safe
def signposts(request):
    """List what is asked for elsewhere."""
    return render(request, "categories/signposts.html", {"signposts": Signpost.objects.published()})


@login_not_required
@require_safe
def signpost(request, slug):
    """Say where to go for one thing."""
    found = get_object_or_404(Signpost.objects.published(), slug=slug)
    return render(request, "categories/signpost.html", {"signpost": found})
