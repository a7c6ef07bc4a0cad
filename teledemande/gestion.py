"""The staff's admin site: stock Django admin, our login, our words."""

from functools import update_wrapper
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxInput, Media, Select
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

# Django's admin brings pages of its own that our site serves elsewhere, or not at all: passwords are changed
# on the pages of accounts, by the rules of accounts.
_LEFT_OUT = ("password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site", "app_list")


class GestionSite(admin.AdminSite):
    """Admin reached through /connexion/; somebody without a role is told that it does not exist."""

    site_header = _("Télé-demande – Gestion")
    site_title = _("Gestion – Télé-demande – AMU")
    index_title = _("Gestion des demandes")
    index_template = "gestion/index.html"
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Filled by the admin modules of the apps: this site stands below them and imports none.
        self._pages = []
        self._index_context = {}

    def add_page(self, route, view, name):
        """Serve `view` at `route` under the admin, before Django's own pages, guarded like them."""
        self._pages.append((route, view, name))

    def add_to_index(self, name, function):
        """Give the first page the variable `name`, whose value is `function(user)`."""
        self._index_context[name] = function

    def admin_view(self, view, cacheable=False):
        """Guard a page: a refusal says that it does not exist, to whoever is signed in."""
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as refusal:
                raise Http404 from refusal

        return update_wrapper(inner, guarded)

    def get_urls(self):
        """Serve the pages of the apps, then the admin's pages that we keep."""
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") not in _LEFT_OUT]
        ours = [path(route, self.admin_view(view), name=name) for route, view, name in self._pages]
        return [*ours, *kept]

    def index(self, request, extra_context=None):
        """Show what the apps put on the first page."""
        context = self.each_context(request) | {
            "title": self.index_title,
            **{name: function(request.user) for name, function in self._index_context.items()},
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, self.index_template, context)

    @method_decorator(login_not_required)
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

    def each_context(self, request):
        """Return what every page shares; Django's list of applications is not computed, no page shows it."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": self.has_permission(request),
            "is_administrator": request.user.is_superuser,
            "answers_by_mail": bool(settings.INBOUND_ADDRESS),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }


def gestion() -> GestionSite:
    """Return the staff's admin site, by its own type."""
    return cast(GestionSite, admin.site)


class Room(admin.ModelAdmin):
    """A room of the admin whose list is narrowed by the filters it shows, and by nothing else.

    Django's list takes any lookup on a field from the address: `?password__startswith=a` would tell, letter
    by letter, what no page shows.
    """

    def lookup_allowed(self, lookup, value, request):
        """Allow the lookups of the filters shown; PostgreSQL takes no NUL in a text."""
        return "\0" not in value and lookup.partition("__")[0] in self.get_list_filter(request)


class Ledger(Room):
    """A room any member of staff reads and nobody edits; `get_queryset` says what she finds in it."""

    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False

    def has_module_permission(self, request):
        """Open the room to staff."""
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, row=None):
        """Let staff read."""
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        """Rows come by themselves."""
        return False

    def has_change_permission(self, request, row=None):
        """What was written does not change."""
        return False

    def has_delete_permission(self, request, row=None):
        """What was written is kept."""
        return False


class AdministratorsRoom(Room):
    """A room of the admin for administrators only: plain fields, no JavaScript, nothing deleted."""

    actions: Any = None
    save_as = False
    view_on_site = False

    @property
    def media(self):
        """Load none of Django's scripts: every page works without them."""
        return Media()

    def has_module_permission(self, request):
        """Show the room to administrators."""
        return request.user.is_superuser

    def has_view_permission(self, request, row=None):
        """Let administrators read."""
        return request.user.is_superuser

    def has_add_permission(self, request):
        """Let administrators add."""
        return request.user.is_superuser

    def has_change_permission(self, request, row=None):
        """Let administrators change."""
        return request.user.is_superuser

    def has_delete_permission(self, request, row=None):
        """Delete nothing: requests point here."""
        return False

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Name the page of a row by the row, as its list does."""
        if obj is not None:
            context["title"] = str(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def formfield_for_dbfield(self, db_field, request, **options):
        """Return a field dressed like those of every other page, without pop-up windows."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)  # the wrapper of related fields
            field.widget.attrs["class"] = _class_of(field.widget)
        return field


def _class_of(widget):
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"
