"""The staff's admin site: stock Django admin, our login, our words."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST


class GestionSite(admin.AdminSite):
    """Admin reached through /connexion/; somebody without a role is told that it does not exist."""

    site_header = _("Télé-demande – Gestion")
    site_title = _("Gestion – Télé-demande – AMU")
    index_title = _("Gestion des demandes")
    site_url = "/"
    enable_nav_sidebar = False

    def login(self, request, extra_context=None):
        """Send anonymous people to the one login page, and answer 404 to people without a role."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next") or request.path, settings.LOGIN_URL)

    @method_decorator(require_POST)
    def logout(self, request, extra_context=None):
        """Leave through the same door as everybody (single logout included)."""
        from accounts.views.logout import log_out  # noqa: PLC0415 -- app ready

        return log_out(request)
