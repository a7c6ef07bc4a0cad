"""The mailbox of the demonstration: what would have been received, by everybody. Nowhere else."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from notifications.models import OutgoingEmail
from notifications.shown_html import aimed, sheet_digests

PER_PAGE = 50
# A link followed in the frame opens in the whole window; the mail itself can do nothing more.
SANDBOX = ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"]


@login_not_required
@require_safe
def mailbox(request):
    """List the mails, latest first; `?a=` narrows to an address."""
    address = request.GET.get("a", "").strip()
    mails = OutgoingEmail.objects.order_by("-created_at", "-pk")
    if address:
        mails = mails.filter(to__icontains=address)
    page = Paginator(mails.defer("body_text", "body_html"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mailbox.html", {"page_obj": page, "mails": page, "address": address})


@login_not_required
@require_safe
def mail(request, identifier):
    """Show one mail: its headers, its text, its HTML in a frame."""
    found = get_object_or_404(OutgoingEmail, uuid=identifier)
    return render(request, "demo/mail.html", {"mail": found, "headers": _headers(found)})


def _headers(found):
    headers = [{"label": _("À"), "value": found.to}, {"label": _("État"), "value": found.get_state_display()}]
    return headers + [{"label": name, "value": value} for name, value in sorted(found.headers.items())]


@login_not_required
@require_safe
@xframe_options_sameorigin
def mail_html(request, identifier):
    """Show the HTML as a mail reader would: its own sheet, allowed by its digest, nothing active."""
    html = get_object_or_404(OutgoingEmail, uuid=identifier).body_html
    shown = aimed(html, "_top")
    policy = {
        "default-src": [NONE],
        "style-src": sheet_digests(html) or [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": SANDBOX,
    }
    return csp_replace(policy)(lambda _request: HttpResponse(shown))(request)
