"""The home page and the pages every public site has."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView


def page(template, **context):
    """Return a public view that shows `template` with `context`."""
    view = TemplateView.as_view(template_name=f"pages/{template}.html", extra_context=context)
    return login_not_required(require_safe(view))
