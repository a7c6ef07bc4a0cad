"""What requesters think of the service, never one by one; and the time requests take to handle."""

from collections import Counter

from django.db.models import Count, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tickets.lifecycle.enums import Satisfaction
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.figures import Column, Figure, Kind, Line, duration_words, share
from tickets.statistics.percentiles import Spread, spreads
from tickets.statistics.volumes import TOTAL

# Under so many, an opinion would tell whose it is.
FEWEST = 10


def satisfaction(facts):
    """How many requesters gave each mark; nothing at all under ten of them."""
    found = dict(_opinions(facts.scope).values_list("satisfaction").annotate(number=Count("pk")))
    whole = sum(found.values())
    numbers = [(str(mark.label), found.get(mark.value, 0)) for mark in Satisfaction]
    return Figure(
        "satisfaction",
        _("Satisfaction des demandeurs"),
        _("Avis"),
        [Column(_("avis")), Column(_("part"), Kind.SHARE)],
        [Line(label, [number, share(number, whole)]) for label, number in numbers] if whole >= FEWEST else [],
        total=Line(str(TOTAL), [whole, share(whole, whole)]),
        drawing=draw_bars([""], [(label, [number]) for label, number in numbers]),
        note=_("Moyenne : %(mean)s sur 5.") % {"mean": _mean(found)} if whole >= FEWEST else "",
        empty=_too_few(),
    )


def satisfaction_parts(facts):
    """The mean mark for each part that got ten opinions."""
    scope = facts.scope
    rows = _opinions(scope).values_list(scope.column).annotate(number=Count("pk"), marks=Sum("satisfaction"))
    found = {part: (number, marks) for part, number, marks in rows}
    shown = _without_telling(found)
    met = scope.parts(shown)
    lines = [Line(label, [found[key][0], _rounded(found[key][1] / found[key][0])]) for key, label in met]
    return Figure(
        "satisfaction-repartition",
        _("Satisfaction moyenne, %(split)s") % {"split": scope.split.label},
        scope.heading,
        [Column(_("avis")), Column(_("moyenne sur 5"))],
        lines,
        drawing=draw_bars([""], [(line.label, line.cells[1:]) for line in lines], say=number_format),
        note=_too_few(),
        empty=_too_few(),
    )


def time_spent(facts):
    """The time written down when requests were closed, for each part of the split chosen."""
    scope = facts.scope
    timed = scope.resolved().filter(minutes_spent__gt=0)
    sums = dict(timed.values_list(scope.column).annotate(minutes=Sum("minutes_spent")))
    each = {key: spread for (key,), spread in spreads(timed, "minutes_spent", scope.column).items()}
    met = scope.parts(each)
    return Figure(
        "temps-passe",
        _("Temps passé, %(split)s") % {"split": scope.split.label},
        scope.heading,
        [
            Column(_("demandes")),
            Column(_("total"), Kind.MINUTES),
            Column(_("médiane"), Kind.MINUTES),
            Column(_("9e décile"), Kind.MINUTES),
        ],
        [_timed_line(label, each[key], sums[key]) for key, label in met],
        total=_timed_line(str(TOTAL), spreads(timed, "minutes_spent").get((), Spread()), sum(sums.values())),
        drawing=draw_bars(
            [""],
            sorted(((label, [sums[key]]) for key, label in met), key=lambda pair: -pair[1][0]),
            say=lambda minutes: duration_words(60 * minutes),
        ),
        note=_("Les demandes traitées pour lesquelles un temps a été indiqué à la clôture."),
        empty=_("Aucun temps n’a été indiqué à la clôture des demandes de ces dates."),
    )


def _opinions(scope):
    return scope.ended().filter(satisfaction__isnull=False)


def _without_telling(found):
    """Return the parts that may be shown: ten opinions each, and none to be found by subtraction."""
    shown = {part: number for part, (number, _marks) in found.items() if number >= FEWEST}
    hidden = sum(number for part, (number, _marks) in found.items() if part not in shown)
    while shown and 0 < hidden < FEWEST:
        hidden += shown.pop(min(shown, key=lambda part: shown[part]))
    return set(shown)


def _timed_line(label, spread, minutes):
    return Line(label, [spread.count, minutes, spread.median, spread.ninth])


def _mean(found):
    marks: Counter = Counter(found)
    return number_format(_rounded(sum(mark * number for mark, number in marks.items()) / marks.total()), 1)


def _rounded(mean):
    return round(mean, 1)


def _too_few():
    return _("Sous %(fewest)d avis, rien n’est montré : un avis se devinerait.") % {"fewest": FEWEST}
