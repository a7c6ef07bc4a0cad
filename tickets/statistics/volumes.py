"""How many requests: filed, answered, ended; by period, by part, by both; and where they stand."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import FeedbackKind
from categories.models import FaqFeedback
from tickets.lifecycle.enums import Status
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.drawing.grid import draw_grid
from tickets.statistics.facts import summed
from tickets.statistics.figures import Column, Figure, Kind, Line, share

PERIOD = gettext_lazy("Période")
TOTAL = gettext_lazy("Ensemble")
# The room left for names on the left of a picture of crossed numbers.
_ROOM = 120


def volumes(facts):
    """Requests filed, answered and ended in each period."""
    scope, counts = facts.scope, (facts.filed, facts.resolved, facts.ended)
    by_period = [summed(count, 0) for count in counts]
    days = scope.periods()
    values = [[count[day] for count in by_period] for day in days]
    return Figure(
        "volumes",
        _("Demandes déposées, traitées et terminées, par période"),
        PERIOD,
        _columns(),
        _lines(any(map(any, values)), [scope.period_label(day) for day in days], values),
        total=Line(str(TOTAL), [count.total() for count in counts]),
        drawing=draw_columns(_names(), period_values(scope, values)),
        note=_(
            "Traitée : l’université a répondu, refusé ou transmis, et le demandeur n’a pas contesté. "
            "Terminée : plus rien n’est attendu de personne."
        ),
    )


def parts(facts):
    """The same, for each part of the split chosen."""
    scope, counts = facts.scope, (facts.filed, facts.resolved, facts.ended)
    by_part = [summed(count, 1) for count in counts]
    met = scope.parts(set().union(*by_part))
    lines = [Line(label, [count[key] for count in by_part]) for key, label in met]
    return Figure(
        "repartition",
        _("Demandes déposées, traitées et terminées, %(split)s") % {"split": scope.split.label},
        scope.heading,
        _columns(),
        lines,
        total=Line(str(TOTAL), [count.total() for count in counts]),
        drawing=draw_bars(_names(), _greatest_first(lines)),
    )


def crossed(facts):
    """The same, for each part in each period; the picture shows those filed."""
    scope, counts = facts.scope, (facts.filed, facts.resolved, facts.ended)
    days = scope.periods()
    met = scope.parts({part for count in counts for _day, part in count})
    totals = summed(facts.filed, 1)
    lines = [
        Line(label, [day.isoformat(), *numbers])
        for key, label in met
        for day in days
        if any(numbers := [count[day, key] for count in counts])
    ]
    drawn = sorted(met, key=lambda pair: -totals[pair[0]])
    return Figure(
        "croisement",
        _("Demandes déposées, traitées et terminées, par période et %(split)s")
        % {"split": scope.split.label},
        scope.heading,
        [Column(_("début de la période"), Kind.TEXT), *_columns()],
        lines,
        drawing=draw_grid(
            [label for _key, label in drawn],
            [(scope.period_mark(day), scope.period_label(day)) for day in days],
            [[facts.filed[day, key] for day in days] for key, _label in drawn],
            room=_ROOM,
        ),
        note=_("Le dessin montre les demandes déposées."),
    )


def statuses(facts):
    """Where the requests filed in scope stand now."""
    rows = facts.scope.filed().values_list("status").annotate(number=Count("pk"))
    found = dict(rows)
    whole = sum(found.values())
    lines = [
        Line(str(label), [found[status], share(found[status], whole)])
        for status, label in Status.choices
        if status in found
    ]
    return Figure(
        "etats",
        _("Où en sont les demandes déposées"),
        _("État"),
        [Column(_("demandes")), Column(_("part"), Kind.SHARE)],
        lines,
        total=Line(str(TOTAL), [whole, share(whole, whole)]),
        drawing=draw_bars([""], [(line.label, line.cells[:1]) for line in lines]),
        note=_("L’état d’aujourd’hui des demandes déposées entre ces deux jours."),
    )


def spared(facts):
    """Requests that an answer of the questions spared, by period."""
    scope = facts.scope
    by_period = dict(_deflections(scope).values_list("period").annotate(number=Count("pk")))
    days = scope.periods()
    values = [[by_period.get(day, 0)] for day in days]
    return Figure(
        "evitees",
        _("Demandes évitées par les questions fréquentes"),
        PERIOD,
        [Column(_("demandes évitées"))],
        _lines(by_period, [scope.period_label(day) for day in days], values),
        total=Line(str(TOTAL), [sum(by_period.values())]),
        drawing=draw_columns([_("demandes évitées")], period_values(scope, values)),
        note=_(
            "Une personne sur le point de demander a dit qu’une réponse lui suffisait. "
            "L’origine choisie n’y change rien."
        ),
        empty=_("Aucune réponse n’a évité de demande entre ces deux jours."),
    )


def answers_that_spare(facts):
    """The answers of the questions that spared the most requests."""
    rows = _deflections(facts.scope).values_list("entry__title").annotate(number=Count("pk"))
    lines = [Line(title, [number]) for title, number in rows.order_by("-number", "entry__title")[:20]]
    return Figure(
        "reponses",
        _("Les réponses qui évitent le plus de demandes"),
        _("Question"),
        [Column(_("demandes évitées"))],
        lines,
        drawing=draw_bars([""], [(line.label, line.cells) for line in lines]),
        empty=_("Aucune réponse n’a évité de demande entre ces deux jours."),
    )


def period_values(scope, values):
    """Return what a picture in time draws: the mark and the name of each period, with its values."""
    days = scope.periods()
    return [
        (scope.period_mark(day), scope.period_label(day), numbers)
        for day, numbers in zip(days, values, strict=True)
    ]


def _deflections(scope):
    themes = scope.names if scope.themes is None else scope.themes
    said = FaqFeedback.objects.filter(kind=FeedbackKind.DEFLECTION, category__in=list(themes)).order_by()
    if scope.service is not None:
        said = said.filter(category__service=scope.service)
    return scope.during(said, "at")


def _names():
    return [_("déposées"), _("traitées"), _("terminées")]


def _columns():
    return [Column(name) for name in _names()]


def _lines(is_anything, labels, values):
    """Return the lines of a table in time; none when nothing happened at all."""
    return (
        [Line(label, numbers) for label, numbers in zip(labels, values, strict=True)] if is_anything else []
    )


def _greatest_first(lines):
    return sorted(((line.label, line.cells) for line in lines), key=lambda pair: -pair[1][0])
