"""One move made from the workbench."""

from tickets.admin.same_person import NUMBER
from tickets.querysets import REFERENCE
from tickets.views.moving import MovePage


class StaffMovePage(MovePage):
    """The page of a move, for staff: what a link gave is typed already."""

    def initial(self):
        """Return what the address says of the fields."""
        number = self.request.GET.get(NUMBER, "")
        return {"other": number} if REFERENCE.match(number) else {}
