"""The page of figures on the mails somebody may read."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from notifications.admin.reading import readable_by
from notifications.mail_figures import PERIODS, figures_of
from notifications.models import OutgoingEmail

_USUAL = 30


@require_safe
def mail_figures(request):
    """Show what became of the mails of the last days: pictures, with the table under each."""
    asked = request.GET.get("jours", "")
    days = next((one for one in PERIODS if str(one) == asked), _USUAL)
    mails = OutgoingEmail.objects.filter(readable_by(request.user))
    context = admin.site.each_context(request) | {
        "title": _("Chiffres des courriels"),
        "room_url": reverse("admin:notifications_outgoingemail_changelist"),
        "periods": [(f"?jours={one}", _period(one), one == days) for one in PERIODS],
        "figures": figures_of(mails, days),
    }
    return TemplateResponse(request, "gestion/mail_figures.html", context)


def _period(days):
    return ngettext("%(days)d dernier jour", "%(days)d derniers jours", days) % {"days": days}
