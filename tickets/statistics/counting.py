"""Count events by theme and by period, and the median time from filing to closing. Four queries in all."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count, DurationField, ExpressionWrapper, F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

# Column → what is counted. A request closed, contested and closed again counts two closures: each was an act.
COLUMNS = {
    "submit": _("déposées"),
    "close": _("clôturées"),
    "approve": _("approuvées"),
    "expire": _("tacites"),
    "contest": _("contestées"),
    "refuse": _("refusées"),
    "withdraw": _("retirées"),
}
_DAY_SECONDS = 86400


@dataclass
class Line:
    """One line of a table: counts by kind of event, and the median in days (None when nothing was closed)."""

    label: str
    counts: Counter = field(default_factory=Counter)
    median_days: float | None = None

    @property
    def cells(self):
        """The counts in the order of the columns."""
        return [self.counts[kind] for kind in COLUMNS]


@dataclass
class Figures:
    """The two tables and their total."""

    by_theme: list[Line]
    by_period: list[Line]
    total: Line

    @property
    def is_empty(self):
        """Whether nothing happened."""
        return not self.total.counts


def count(scope, themes):
    """Return the Figures of `scope`; `themes` gives the (id, label) of what may appear, in order."""
    counts = _counts(scope)
    theme_medians, period_medians = _medians(scope, "ticket__category"), _medians(scope, "period")
    by_theme = [
        Line(label, _sum(counts, theme=pk), theme_medians.get((pk,)))
        for pk, label in themes
        if any(theme == pk for theme, _period in counts)
    ]
    by_period = [
        Line(scope.period_label(day), _sum(counts, period=day), period_medians.get((day,)))
        for day in scope.periods()
    ]
    total = Line(str(_("ensemble")), _sum(counts), _medians(scope).get(()))
    return Figures(by_theme=by_theme, by_period=by_period, total=total)


def count_crossed(scope, themes):
    """Yield (theme label, first day of the period, Line) for each theme and period that saw something."""
    counts, medians = _counts(scope), _medians(scope, "ticket__category", "period")
    for pk, label in themes:
        for day in sorted(period for theme, period in counts if theme == pk):
            yield label, day, Line(label, counts[pk, day], medians.get((pk, day)))


def _counts(scope):
    """Return {(theme id, period): Counter by kind}: one query."""
    rows = scope.events(*COLUMNS).values_list("ticket__category", "period", "kind")
    counts = {}
    for theme, period, kind, number in rows.annotate(number=Count("pk")):
        counts.setdefault((theme, period), Counter())[kind] += number
    return counts


def _sum(counts, *, theme=None, period=None):
    total = Counter()
    for (of_theme, of_period), counter in counts.items():
        if theme in (None, of_theme) and period in (None, of_period):
            total += counter
    return total


def _medians(scope, *keys):
    """Return {values of the keys: median days from filing to closing}: one query.

    The database ranks the closures of each group and returns only the one or two in the middle, the same way
    on PostgreSQL and SQLite: nothing grows with the number of requests but its own work.
    """
    lasted = ExpressionWrapper(F("at") - F("ticket__submitted_at"), output_field=DurationField())
    group = [F(key) for key in keys] or None
    ranked = scope.events("close").annotate(
        lasted=lasted,
        rank=Window(RowNumber(), partition_by=group, order_by=["lasted", "pk"]),
        size=Window(Count("pk"), partition_by=group),
    )
    middle = ranked.annotate(twice=F("rank") * 2).filter(twice__gte=F("size"), twice__lte=F("size") + 2)
    durations = {}
    for *group_values, duration in middle.values_list(*keys, "lasted"):
        durations.setdefault(tuple(group_values), []).append(duration.total_seconds() / _DAY_SECONDS)
    return {values: round(median(days), 1) for values, days in durations.items()}
