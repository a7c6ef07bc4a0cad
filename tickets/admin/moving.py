"""One move made from the workbench."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from tickets.admin.actions import ANSWERS
from tickets.admin.actions import SEEN as IN_ADDRESS
from tickets.admin.addresses import list_query, list_url
from tickets.admin.columns import display_of
from tickets.admin.composing import compose
from tickets.admin.presence import presence_context
from tickets.admin.publishing import beside_form, typed_already
from tickets.admin.same_person import NUMBER
from tickets.admin.tools import tools_of
from tickets.forms.linking import narrow
from tickets.mentions import mentioned_in
from tickets.missing_items import ASKED, effect_words
from tickets.models import Ticket
from tickets.querysets import REFERENCE
from tickets.services.unawares import takes
from tickets.timeline import news_entries
from tickets.views.moving import SEEN, MovePage

ASKED_AGAIN = "asked_again"  # the hidden field of a form that came back with a doubt

# They may lead to a theme she does not read.
_LEAVING = ("move", "give_back")


class StaffMovePage(MovePage):
    """The page of a move, for staff: what a link gave is typed already, and nobody answers unaware.

    The form carries how many events she had read. What others did since is shown above her words, which wait
    for her to send them again.
    """

    def initial(self):
        """Return what the address says of the fields."""
        number = self.request.GET.get(NUMBER, "")
        if REFERENCE.match(number):
            return {"other": number, "linked": number}
        return super().initial() | typed_already(self.ticket, self.move)

    def _form(self, *args, draft, **options):
        return narrow(super()._form(*args, draft=draft, **options), self.request.user)

    def compose(self, draft):
        """Add a canned answer or a quotation to what she writes."""
        return compose(self.request, draft, self.ticket, self.move)

    def doubt(self, form):
        """Ask again about a message to the requester that names a colleague, as notes do."""
        if self.move.name not in ANSWERS or ASKED_AGAIN in self.request.POST:
            return ""
        words = form.cleaned_data.get("message", "")
        named = mentioned_in(words, self.ticket, author=self.request.user)
        if not named:
            return ""
        self.context["asked_again"] = True
        names = ", ".join(f"@{login}" for login in named)
        return _(
            "Ce message va au demandeur, et nomme %(names)s : si c’est pour votre équipe, écrivez-le dans "
            "une note interne. Sinon, envoyez-le de nouveau."
        ) % {"names": names}

    def given(self, form, key):
        """Add how many events she had read, and how long she may take it back."""
        seen = self._read() if self.move.name in ANSWERS or takes(self.move) else None
        return replace(super().given(form, key), seen=seen, hold=self._hold())

    def _hold(self):
        """Return how long she may take her answer back, if this move lets her."""
        if not self.move.can_be_taken_back:
            return None
        return timedelta(seconds=display_of(self.request.user).take_back_seconds)

    def more_context(self, draft, standing):
        """Return what others did since she read the request; what is shown now counts as read."""
        seen = self._read(draft)
        is_old = seen is not None and seen < self.ticket.event_count
        news = news_entries(self.ticket, self.request.user, seen) if is_old else []
        tools = tools_of(self.ticket, self.move, self.request.user)
        effect = effect_words(self.ticket) if self.move.name == ASKED else ""
        context = {"news": news, "seen": self.ticket.event_count, "tools": tools, "effect": effect}
        context |= {"drawn": [], "is_scrubbed": False, "solution": None} | presence_context(standing)
        return context | beside_form(self.ticket, self.move)

    def _done(self):
        # Moved to a theme she does not read, it is a page that does not exist: back to her list.
        if self.move.name in _LEAVING and not self._still_reads():
            self.done_url = list_url(list_query(self.request.GET))
        return super()._done()

    def _still_reads(self):
        return Ticket.objects.staffed_by(self.request.user).filter(pk=self.ticket.pk).exists()

    def _read(self, draft=None):
        kept = draft.values.get(SEEN) if draft else None
        said = self.request.POST.get(SEEN) or kept or self.request.GET.get(IN_ADDRESS) or ""
        return int(said) if said.isdecimal() and len(said) < 10 else None
