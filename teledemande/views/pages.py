"""The home page and the pages every public site has."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView


def page(template):
    """Return a public view that shows `template`."""
    return login_not_required(require_safe(TemplateView.as_view(template_name=f"pages/{template}.html")))
