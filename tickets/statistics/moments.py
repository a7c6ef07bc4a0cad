"""When requests arrive, get a first reaction, are answered: by hour, by weekday, by both. Paris time."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.drawing.grid import draw_grid
from tickets.statistics.figures import Column, Figure, Line

_HOURS = range(24)
_DAYS = range(1, 8)
_A_MONDAY = date(2024, 1, 1)
_ROOM = 70


class Moments:
    """When things happened, by (day of the week, hour). One query for each kind of thing."""

    def __init__(self, facts):
        self.filed = _counted(facts.scope.filed(), "submitted_at")
        self.reacted = _counted(facts.reacted(), "reacted_at")
        self.answered = _counted(facts.answered(), "resolved_at")

    @property
    def all(self):
        """The three, in the order of a request's life."""
        return [self.filed, self.reacted, self.answered]


def by_hour(facts):
    """How many, by hour of the day."""
    counts = [_summed(count, 1) for count in facts.moments.all]
    values = [(_hour(hour), _hour(hour), [count[hour] for count in counts]) for hour in _HOURS]
    return Figure(
        "heures",
        _("À quelle heure"),
        _("Heure"),
        _columns(),
        _lines(counts, [(label, numbers) for _mark, label, numbers in values]),
        drawing=draw_columns(_names(), values),
    )


def by_weekday(facts):
    """How many, by day of the week."""
    counts = [_summed(count, 0) for count in facts.moments.all]
    values = [(_weekday(day), [count[day] for count in counts]) for day in _DAYS]
    return Figure(
        "jours",
        _("Quel jour de la semaine"),
        _("Jour"),
        _columns(),
        _lines(counts, values),
        drawing=draw_bars(_names(), values),
    )


def filed_grid(facts):
    """When requests are filed, by day and hour."""
    return _grid("grille-depots", _("Quand les demandes sont déposées"), facts.moments.filed)


def reacted_grid(facts):
    """When requests get their first reaction, by day and hour."""
    return _grid("grille-reactions", _("Quand vient la première réaction"), facts.moments.reacted)


def answered_grid(facts):
    """When requests are answered, by day and hour."""
    return _grid("grille-reponses", _("Quand les demandes sont traitées"), facts.moments.answered)


def _grid(slug, title, counts):
    days = [_weekday(day) for day in _DAYS]
    numbers = [[counts[day, hour] for hour in _HOURS] for day in _DAYS]
    lines = [Line(_hour(hour), [numbers[rank][hour] for rank in range(len(days))]) for hour in _HOURS]
    return Figure(
        slug,
        title,
        _("Heure"),
        [Column(day) for day in days],
        lines if counts else [],
        drawing=draw_grid(days, [(_hour(hour), _hour(hour)) for hour in _HOURS], numbers, room=_ROOM),
    )


def _counted(rows, moment):
    cut = rows.annotate(weekday=ExtractIsoWeekDay(moment), hour=ExtractHour(moment))
    found = cut.values_list("weekday", "hour").annotate(number=Count("pk"))
    return Counter({(weekday, hour): number for weekday, hour, number in found})


def _summed(counts, place):
    total: Counter = Counter()
    for key, number in counts.items():
        total[key[place]] += number
    return total


def _names():
    return [_("déposées"), _("première réaction"), _("traitées")]


def _columns():
    return [Column(name) for name in _names()]


def _lines(counts, values):
    return [Line(label, numbers) for label, numbers in values] if any(counts) else []


def _hour(hour):
    return _("%(hour)d h") % {"hour": hour}


def _weekday(day):
    return date_format(_A_MONDAY + timedelta(days=day - 1), "l")
