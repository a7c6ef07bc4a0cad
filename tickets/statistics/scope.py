"""What is counted: whose requests, filed how, about what, when, cut in which pieces."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, TextChoices
from django.db.models.functions import Coalesce, TruncDay, TruncMonth, TruncQuarter, TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import Priority, SilenceRule
from teledemande.french_dates import day_words
from tickets.lifecycle.enums import Channel, Status
from tickets.models import Ticket, TicketEvent

# The house has answered: the requester may still contest a closing, which then counts no more.
RESOLVED = (Status.CLOSED, Status.APPROVED, Status.EXPIRED, Status.REFUSED, Status.TRANSMITTED)
_A_DAY = timedelta(days=1)


class Interval(TextChoices):
    """How long a period is."""

    DAY = "jour", gettext_lazy("par jour")
    WEEK = "semaine", gettext_lazy("par semaine")
    MONTH = "mois", gettext_lazy("par mois")
    QUARTER = "trimestre", gettext_lazy("par trimestre")


class Split(TextChoices):
    """What tells the lines of a table apart."""

    THEME = "theme", gettext_lazy("par thème")
    SERVICE = "service", gettext_lazy("par service")
    CHANNEL = "origine", gettext_lazy("par origine")
    STATUS = "etat", gettext_lazy("par état")
    PRIORITY = "priorite", gettext_lazy("par priorité")
    REGIME = "silence", gettext_lazy("par régime du silence")


_TRUNCATE = {
    Interval.DAY: TruncDay,
    Interval.WEEK: TruncWeek,
    Interval.MONTH: TruncMonth,
    Interval.QUARTER: TruncQuarter,
}


@dataclass(frozen=True)
class _Cut:
    """How a split is read: its column, what stands above its labels, the labels if it holds keys."""

    column: str
    heading: Any
    labels: Any = None


_CUTS = {
    Split.THEME: _Cut("category", gettext_lazy("Thème")),
    Split.SERVICE: _Cut("service__name", gettext_lazy("Service")),
    Split.CHANNEL: _Cut("channel", gettext_lazy("Origine"), Channel.choices),
    Split.STATUS: _Cut("status", gettext_lazy("État"), Status.choices),
    Split.PRIORITY: _Cut("priority", gettext_lazy("Priorité"), Priority.choices),
    Split.REGIME: _Cut("silence_rule", gettext_lazy("Régime du silence"), SilenceRule.choices),
}


@dataclass(frozen=True)
class Scope:
    """The requests `reader` may count: those she reads as staff, from `since` to `until` included.

    `themes` narrows to those ids, None keeps all she reaches; `names` are those of the themes she reaches, by
    id, in the order of the tree. Every figure starts from `tickets`.
    """

    reader: Any
    since: date
    until: date
    interval: Interval = Interval.MONTH
    split: Split = Split.THEME
    themes: list[int] | None = None
    service: int | None = None
    channel: str = ""
    names: dict[int, str] = field(default_factory=dict)

    def tickets(self):
        """Keep the requests in scope, whenever they were filed."""
        tickets = Ticket.objects.staffed_by(self.reader).order_by()
        if self.themes is not None:
            tickets = tickets.filter(category__in=self.themes)
        if self.service is not None:
            tickets = tickets.filter(service=self.service)
        return tickets.filter(channel=self.channel) if self.channel else tickets

    def during(self, rows, moment):
        """Keep the `rows` whose `moment` falls between the two days, with the first day of their `period`."""
        bounds = {f"{moment}__gte": midnight(self.since), f"{moment}__lt": midnight(self.until + _A_DAY)}
        truncated = _TRUNCATE[self.interval](moment, output_field=DateField())
        return rows.filter(**bounds).annotate(period=truncated)

    def filed(self):
        """Keep the requests filed between the two days."""
        return self.during(self.tickets(), "submitted_at")

    def ended(self):
        """Keep the requests whose life ended between the two days."""
        return self.during(self.tickets(), "ended_at")

    def resolved(self):
        """Keep the requests answered for good between the two days, with when: `resolved_at`."""
        answered = self.tickets().filter(status__in=RESOLVED)
        return self.during(answered.annotate(resolved_at=Coalesce("closed_at", "ended_at")), "resolved_at")

    def events(self, *kinds):
        """Keep the events of these kinds between the two days."""
        events = TicketEvent.objects.filter(kind__in=kinds, ticket__in=self.tickets()).order_by()
        return self.during(events, "at")

    @property
    def column(self):
        """The column that tells the lines apart."""
        return _CUTS[self.split].column

    @property
    def heading(self):
        """What stands above the names of the lines."""
        return str(_CUTS[self.split].heading)

    def parts(self, keys):
        """Return the (key, label) pairs of the lines whose keys were met, in a sensible order."""
        labels = self.names if self.split == Split.THEME else dict(_CUTS[self.split].labels or ())
        if not labels:
            return [(key, key) for key in sorted(keys)]
        return [(key, str(label)) for key, label in labels.items() if key in keys]

    def periods(self):
        """Return the first day of each period from `since` to `until`, empty ones included."""
        first, after = _STEPS[self.interval]
        days, day = [], first(self.since)
        while day <= self.until:
            days.append(day)
            day = after(day)
        return days

    def period_label(self, day):
        """Return the name of the period that begins on `day`."""
        if self.interval == Interval.DAY:
            return day_words(day)
        if self.interval == Interval.WEEK:
            return _("semaine du %(day)s") % {"day": day_words(day)}
        return date_format(day, "F Y") if self.interval == Interval.MONTH else _quarter(day)

    def period_mark(self, day):
        """Return the name of the period in a few signs, for the foot of a picture."""
        if self.interval == Interval.QUARTER:
            return _quarter(day)
        return date_format(day, "m/Y" if self.interval == Interval.MONTH else "d/m")


def midnight(day):
    """Return the instant at which `day` begins in Paris."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _quarter(day):
    return _("T%(number)d %(year)d") % {"number": (day.month + 2) // 3, "year": day.year}


def _month(day, *, after=0):
    years, month = divmod(day.month - 1 + after, 12)
    return date(day.year + years, month + 1, 1)


# How each interval finds the first day of the period a day is in, and of the period after.
_STEPS: dict[Interval, tuple[Callable[[date], date], Callable[[date], date]]] = {
    Interval.DAY: (lambda day: day, lambda day: day + _A_DAY),
    Interval.WEEK: (lambda day: day - timedelta(days=day.weekday()), lambda day: day + timedelta(days=7)),
    Interval.MONTH: (_month, lambda day: _month(day, after=1)),
    Interval.QUARTER: (
        lambda day: _month(day, after=-((day.month - 1) % 3)),
        lambda day: _month(day, after=3),
    ),
}
