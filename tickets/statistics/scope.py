"""What is counted: whose requests, when, by which step."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, TextChoices
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teledemande.french_dates import day_words
from tickets.models import Ticket, TicketEvent


class Step(TextChoices):
    """How long a period is."""

    MONTH = "mois", gettext_lazy("par mois")
    WEEK = "semaine", gettext_lazy("par semaine")


_TRUNCATE = {Step.MONTH: TruncMonth, Step.WEEK: TruncWeek}


@dataclass(frozen=True)
class Scope:
    """The events `reader` may count: of the requests she reads as staff, from `since` to `until` included.

    `themes` narrows to those ids; None keeps all she reaches.
    """

    reader: Any
    since: date
    until: date
    step: Step = Step.MONTH
    themes: list[int] | None = field(default=None)

    def events(self, *kinds):
        """Keep the events of these kinds in scope, with the first day of their `period`."""
        tickets = Ticket.objects.staffed_by(self.reader)
        if self.themes is not None:
            tickets = tickets.filter(category__in=self.themes)
        events = TicketEvent.objects.filter(
            kind__in=kinds,
            at__gte=midnight(self.since),
            at__lt=midnight(self.until + timedelta(days=1)),
            ticket__in=tickets,
        )
        return events.annotate(period=_TRUNCATE[self.step]("at", output_field=DateField())).order_by()

    def periods(self):
        """Return the first day of each period from `since` to `until`, empty ones included."""
        days, day = [], _first_day(self.since, self.step)
        while day <= self.until:
            days.append(day)
            day = _next(day, self.step)
        return days

    def period_label(self, day):
        """Return the name of the period that begins on `day`."""
        if self.step == Step.MONTH:
            return date_format(day, "F Y")
        return _("semaine du %(day)s") % {"day": day_words(day)}


def midnight(day):
    """Return the instant at which `day` begins in Paris."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_day(day, step):
    return day.replace(day=1) if step == Step.MONTH else day - timedelta(days=day.weekday())


def _next(day, step):
    if step == Step.WEEK:
        return day + timedelta(days=7)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
