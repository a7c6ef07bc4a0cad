"""The preview beside the words, and the page that holds it."""

from dataclasses import dataclass, field

from csp.constants import SELF
from csp.decorators import csp_update

from notifications.admin.wordings.form import LANGUAGES
from notifications.rendering import Rendered
from notifications.shown_html import aimed, sheet_digests
from notifications.wordings.preview import event_of, events_shown, preview
from notifications.wordings.writing import FIRST
from tickets.models import TicketEvent


@dataclass
class Shown:
    """A mail shown for a real request. Without `rendered`, none she reads had that event."""

    language: str
    events: list[TicketEvent] = field(default_factory=list)
    event: TicketEvent | None = None
    rendered: Rendered | None = None
    asked: str = ""
    is_unknown: bool = False

    @property
    def html(self):
        """The HTML as the frame holds it."""
        return aimed(self.rendered.html, "_blank") if self.rendered else ""


def show(request, place, texts):
    """Return the mail of the request asked for, else of the latest one, in `texts`."""
    given = request.POST
    language = given.get("preview_language", FIRST)
    shown = Shown(
        language if language in LANGUAGES else FIRST, asked=given.get("preview_reference", "").strip()
    )
    user, name = request.user, place.message.name
    shown.events = events_shown(user, place.category, name)
    if shown.asked:
        shown.event = event_of(user, name, shown.asked)
        shown.is_unknown = shown.event is None
    else:
        shown.event = _chosen(given.get("preview_event", ""), shown.events)
    if shown.event:
        shown.rendered = preview(shown.event, name, texts, language=shown.language, reader=user)
    return shown


def _chosen(pk, events):
    return next((event for event in events if str(event.pk) == pk), events[0] if events else None)


def with_sheets(request, response, html):
    """Return `response`, whose policy allows the sheet of the mail framed in it, by its digest."""
    digests = sheet_digests(html)
    return (
        csp_update({"style-src": [SELF, *digests]})(lambda _request: response)(request)
        if digests
        else response
    )
