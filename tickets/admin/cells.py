"""The cells of the list. What a list costs is their drawing: a template draws the line, Python its cells."""

from functools import cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.admin.columns import COLUMNS
from tickets.lifecycle.enums import Status


class Cells:
    """What the columns a person chose hold for each request of a page, today."""

    def __init__(self, columns):
        self._today = timezone.localdate()
        self._nobody = _("non attribuée")
        self._words = {
            "status": lambda ticket: self._badge(ticket.status),
            "theme": lambda ticket: ticket.category.name,
            "service": lambda ticket: ticket.service.name,
            "requester": lambda ticket: str(ticket.requester),
            "age": self._age,
            "silence": self._silence,
            "priority": lambda ticket: capfirst(ticket.get_priority_display()),
            "event": _last_event,
            "assignee": lambda ticket: str(ticket.assignee or self._nobody),
        }
        self._columns = [(_attributes(name), self._words[name]) for name in COLUMNS if name in columns]
        self._badge = cache(_badge)

    def of(self, ticket):
        """Return, for each column, the attributes of its cell and what it holds."""
        return [(attributes, words(ticket)) for attributes, words in self._columns]

    def _age(self, ticket):
        return _instant(ticket.submitted_at, age_in_words(ticket, self._today))

    def _silence(self, ticket):
        day, words = ticket.silence_on, silence_in_words(ticket, self._today)
        if not words:
            return "–"
        return format_html(
            '<time class="nowrap" datetime="{}">{}</time> <span class="quiet">{}</span>',
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            words,
        )


def _attributes(name):
    look = mark_safe('class="work-table__theme" ') if name == "theme" else ""
    return format_html('{}data-label="{}"', look, COLUMNS[name])


def _badge(status):
    # Once a status, not once a request.
    label = capfirst(Status(status).label)
    return render_to_string("includes/_status.html", {"status": status, "label": label})


def _last_event(ticket):
    at = timezone.localtime(ticket.updated_at)
    return _instant(at, f"{at:%d/%m/%Y %H:%M}")


def _instant(at, words):
    day = timezone.localtime(at).isoformat()
    return format_html('<time class="nowrap" datetime="{}">{}</time>', day, words)


def age_in_words(ticket, today):
    """Return how long ago the request was filed, in whole days."""
    days = (today - timezone.localdate(ticket.submitted_at)).days
    if days <= 0:
        return _("aujourd’hui")
    return ngettext("%(days)d jour", "%(days)d jours", days) % {"days": days}


def silence_in_words(ticket, today):
    """Return how long before silence becomes a decision, or since when it has; "" when it never will."""
    if ticket.silence_on is None:
        return ""
    days = (ticket.silence_on - today).days
    if days == 0:
        return _("aujourd’hui")
    if days < 0:
        return ngettext("dépassée de %(days)d jour", "dépassée de %(days)d jours", -days) % {"days": -days}
    return ngettext("dans %(days)d jour", "dans %(days)d jours", days) % {"days": days}
