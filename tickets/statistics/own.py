"""« Mes chiffres »: what the reader herself did. Nobody else reads them, and nobody is compared."""

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.facts import summed
from tickets.statistics.figures import Column, Figure, Kind, Line
from tickets.statistics.percentiles import Spread, spreads
from tickets.statistics.volumes import PERIOD, TOTAL, period_values


def own(facts):
    """The requests the reader took and closed herself, and how long hers took, by period."""
    scope, reader = facts.scope, facts.scope.reader
    acts = scope.events("take", "close", "refuse", "transmit").filter(actor=reader)
    counts: Counter = Counter()
    for day, kind, number in acts.values_list("period", "kind").annotate(number=Count("pk")):
        counts[day, kind == "take"] += number
    hers = facts.answered().filter(assignee=reader)
    medians = {day: spread for (day,), spread in spreads(hers, "lasted", "period").items()}
    values = [[counts[day, True], counts[day, False]] for day in scope.periods()]
    totals = summed(counts, 1)
    names = [_("prises en charge"), _("traitées")]
    return Figure(
        "mes-chiffres",
        _("Vos demandes, par période"),
        PERIOD,
        [*(Column(name) for name in names), Column(_("délai médian de résolution"), Kind.DURATION)],
        [
            Line(scope.period_label(day), [*numbers, medians.get(day, Spread()).median])
            for day, numbers in zip(scope.periods(), values, strict=True)
        ]
        if counts
        else [],
        total=Line(
            str(TOTAL), [totals[True], totals[False], spreads(hers, "lasted").get((), Spread()).median]
        ),
        drawing=draw_columns(names, period_values(scope, values)),
        note=_("Vous seul lisez ces chiffres. Traitées : clôturées, refusées ou transmises par vous."),
        empty=_("Vous n’avez rien pris en charge ni traité entre ces deux jours."),
    )
