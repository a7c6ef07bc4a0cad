"""The staff's workbench: requests read through `staffed_by`, written through the services."""

from django.contrib import admin

from tickets.admin.figures import statistics, statistics_csv
from tickets.admin.queues import queue_rows
from tickets.admin.site import TicketAdmin
from tickets.models import Ticket

admin.site.register(Ticket, TicketAdmin)
admin.site.add_page("statistiques/", statistics, "statistics")
admin.site.add_page("statistiques/export.csv", statistics_csv, "statistics_csv")
admin.site.add_to_index("queues", queue_rows)

__all__ = ["TicketAdmin"]
