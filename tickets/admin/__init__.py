"""The staff's workbench: requests read through `staffed_by`, written through the services."""

from accounts.models import User
from categories.models import Category, Role
from categories.roles import manages_a_theme
from teledemande.gestion import gestion
from tickets.admin.access import access
from tickets.admin.calculator import calculator
from tickets.admin.canned import CannedAnswerAdmin
from tickets.admin.figures import statistics, statistics_export
from tickets.admin.form_preview import theme_form_preview
from tickets.admin.leaving import HandingRoleAdmin
from tickets.admin.publishing import count_pending, solutions
from tickets.admin.queues import queue_rows
from tickets.admin.site import TicketAdmin
from tickets.admin.stranding import FreeingCategoryAdmin, FreeingUserAdmin
from tickets.models import CannedAnswer, Ticket

workbench = gestion()  # not `site`: a module of this package has that name
workbench.register(Ticket, TicketAdmin)
workbench.register(CannedAnswer, CannedAnswerAdmin)
# Those of accounts and of categories, which know no request.
workbench.unregister((Role, User, Category))
workbench.register(Role, HandingRoleAdmin)
workbench.register(User, FreeingUserAdmin)
workbench.register(Category, FreeingCategoryAdmin)
workbench.add_page("acces/", access, "access")
workbench.add_page("calculateur/", calculator, "calculator")
workbench.add_page("solutions/", solutions, "solutions")
workbench.add_page("statistiques/", statistics, "statistics")
workbench.add_page("statistiques/<slug:chapter>/", statistics, "statistics_chapter")
workbench.add_page("statistiques/<slug:figure>.<slug:kind>", statistics_export, "statistics_export")
# Beside the editor of forms (categories.admin), but it shows the page of a request.
workbench.add_page("themes/<int:pk>/formulaire/apercu/", theme_form_preview, "theme_form_preview")
workbench.add_to_index("may_calculate", manages_a_theme)
workbench.add_to_index("queues", queue_rows)
workbench.add_to_index("pending_solutions", count_pending)

__all__ = ["TicketAdmin"]
