"""Django's own changelist, tuned: no full count, few columns, cached choices of filters, relations joined.

It has neither counters, nor unread marks, nor views kept: those are ours to pay.
"""

from django.contrib.admin import AdminSite, ModelAdmin, SimpleListFilter, action

from tickets.admin.themes import ReachedThemes
from tickets.admin.worklist import PER_PAGE
from tickets.models import Ticket
from tickets.paging import BoundedPaginator


class TunedSite(AdminSite):
    def has_permission(self, request):
        return request.user.is_staff

    def get_app_list(self, request, app_label=None):
        return []


class ThemeFilter(SimpleListFilter):
    title = "thème"
    parameter_name = "theme"
    _cached: dict[int, list[tuple[str, str]]] = {}

    def lookups(self, request, model_admin):
        if request.user.pk not in self._cached:
            self._cached[request.user.pk] = ReachedThemes(request.user).choices
        return self._cached[request.user.pk]

    def queryset(self, request, queryset):
        return queryset.filter(category__slug=self.value()) if self.value() else queryset


@action(description="Prendre en charge")
def take_selected(admin, request, tickets):
    """Do nothing: what is measured is its box on each line, which ours has too."""


class TunedAdmin(ModelAdmin):
    list_display = ("reference", "subject", "category", "requester", "assignee", "status", "submitted_at")
    list_select_related = ("category", "requester", "assignee")
    list_per_page = PER_PAGE
    show_full_result_count = False
    paginator = BoundedPaginator
    list_filter = ("status", ThemeFilter)
    actions = (take_selected,)
    ordering = ("-submitted_at", "-pk")

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_module_permission(self, request):
        return request.user.is_staff

    def get_queryset(self, request):
        return Ticket.objects.staffed_by(request.user)


tuned = TunedSite(name="tuned")
tuned.register(Ticket, TunedAdmin)
