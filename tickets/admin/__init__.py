"""The staff's workbench: requests read through `staffed_by`, written through the services."""

from django.contrib import admin

from tickets.admin.site import TicketAdmin
from tickets.models import Ticket

admin.site.register(Ticket, TicketAdmin)

__all__ = ["TicketAdmin"]
