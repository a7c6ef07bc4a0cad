"""The staff's workbench: requests read through `staffed_by`, written through the services."""

from teledemande.gestion import gestion
from tickets.admin.figures import statistics, statistics_csv
from tickets.admin.queues import queue_rows
from tickets.admin.site import TicketAdmin
from tickets.models import Ticket

site = gestion()
site.register(Ticket, TicketAdmin)
site.add_page("statistiques/", statistics, "statistics")
site.add_page("statistiques/export.csv", statistics_csv, "statistics_csv")
site.add_to_index("queues", queue_rows)

__all__ = ["TicketAdmin"]
