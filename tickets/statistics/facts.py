"""What several figures of a page share, read once: how many, how long."""

from collections import Counter
from functools import cached_property

from django.db.models import Count, DurationField, ExpressionWrapper, F

from tickets.statistics.moments import Moments
from tickets.statistics.percentiles import Spread, spreads


class Facts:
    """The facts of a Scope. Each is one query, made by the first figure that asks."""

    def __init__(self, scope):
        self.scope = scope

    # --- how many, by (period, part) ---------------------------------------------------------------
    @cached_property
    def filed(self):
        """The requests filed, by (period, part)."""
        return self._counted(self.scope.filed())

    @cached_property
    def resolved(self):
        """The requests answered for good, by (period, part)."""
        return self._counted(self.scope.resolved())

    @cached_property
    def ended(self):
        """The requests whose life ended, by (period, part)."""
        return self._counted(self.scope.ended())

    def _counted(self, tickets):
        rows = tickets.values_list("period", self.scope.column).annotate(number=Count("pk"))
        return Counter({(period, part): number for period, part, number in rows})

    # --- how long ----------------------------------------------------------------------------------
    def reacted(self):
        """Keep the requests filed in scope to which staff reacted, with how long after filing."""
        reacted = self.scope.filed().filter(reacted_at__isnull=False)
        return reacted.annotate(lasted=_lasted("reacted_at", "submitted_at"))

    def answered(self):
        """Keep the requests answered in scope, with how long after filing."""
        return self.scope.resolved().annotate(lasted=_lasted("resolved_at", "submitted_at"))

    @cached_property
    def reaction(self):
        """How long the first reaction took, all together."""
        return spreads(self.reacted(), "lasted").get((), Spread())

    @cached_property
    def resolution(self):
        """How long the answer took, all together."""
        return spreads(self.answered(), "lasted").get((), Spread())

    # --- when --------------------------------------------------------------------------------------
    @cached_property
    def moments(self):
        """On which day and at which hour things happened."""
        return Moments(self)


def _lasted(until, since):
    return ExpressionWrapper(F(until) - F(since), output_field=DurationField())


def added(counts, *, period=None, part=None):
    """Return how many of `counts` have this period and this part, None standing for any."""
    return sum(
        number
        for (of_period, of_part), number in counts.items()
        if period in (None, of_period) and part in (None, of_part)
    )


def summed(counts, place):
    """Return `counts` added up by the `place`th half of their key: 0 the period, 1 the part."""
    total: Counter = Counter()
    for key, number in counts.items():
        total[key[place]] += number
    return total
