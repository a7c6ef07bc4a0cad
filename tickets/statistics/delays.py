"""How long the first reaction and the answer take: half the requests, nine in ten, and the longest."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.lifecycle.enums import Status
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.figures import Column, Figure, Kind, Line, duration_words, share
from tickets.statistics.percentiles import Spread, spreads
from tickets.statistics.volumes import PERIOD, TOTAL, period_values

LONGEST = 10
# Up to so many hours, and how it is said.
_STEPS = (
    (1, gettext_lazy("moins d’une heure")),
    (4, gettext_lazy("de 1 à 4 heures")),
    (24, gettext_lazy("de 4 à 24 heures")),
    (72, gettext_lazy("de 1 à 3 jours")),
    (168, gettext_lazy("de 3 à 7 jours")),
    (336, gettext_lazy("de 1 à 2 semaines")),
    (720, gettext_lazy("de 2 semaines à 30 jours")),
    (1440, gettext_lazy("de 30 à 60 jours")),
    (None, gettext_lazy("60 jours et plus")),
)


def reaction(facts):
    """How long the first reaction takes, by period of filing."""
    return _in_time(
        facts,
        "reaction",
        _("Délai de première réaction, par période de dépôt"),
        facts.reacted(),
        facts.reaction,
        note=_(
            "Du dépôt au premier acte d’un gestionnaire que le demandeur voit : prise en charge, question, "
            "message, réponse. L’attribution automatique n’en est pas un. "
            "En temps réel, nuits et week-ends compris."
        ),
    )


def resolution(facts):
    """How long the answer takes, by period of answer."""
    return _in_time(
        facts,
        "resolution",
        _("Délai de résolution, par période de réponse"),
        facts.answered(),
        facts.resolution,
        note=_(
            "Du dépôt à la réponse (clôture, refus, transmission). "
            "Une clôture contestée ne compte pas : seule compte celle qui la suit."
        ),
    )


def _in_time(facts, slug, title, rows, whole, *, note):
    scope = facts.scope
    found = spreads(rows, "lasted", "period")
    days = scope.periods()
    each = [found.get((day,), Spread()) for day in days]
    lines = [_line(scope.period_label(day), spread) for day, spread in zip(days, each, strict=True)]
    return Figure(
        slug,
        title,
        PERIOD,
        _columns(),
        lines if found else [],
        total=_line(str(TOTAL), whole),
        drawing=draw_columns(
            _measures(), period_values(scope, [_values(spread) for spread in each]), say=duration_words
        ),
        note=note,
    )


def reaction_parts(facts):
    """How long the first reaction takes, for each part of the split chosen."""
    title = _("Délai de première réaction, %(split)s") % {"split": facts.scope.split.label}
    column = facts.scope.column
    return _in_parts(facts, "reaction-repartition", title, facts.reacted(), column, facts.reaction)


def resolution_parts(facts):
    """How long the answer takes, for each part of the split chosen."""
    title = _("Délai de résolution, %(split)s") % {"split": facts.scope.split.label}
    column = facts.scope.column
    return _in_parts(facts, "resolution-repartition", title, facts.answered(), column, facts.resolution)


def _in_parts(facts, slug, title, rows, column, whole):
    scope = facts.scope
    found = {key: spread for (key,), spread in spreads(rows, "lasted", column).items()}
    met = scope.parts(found)
    slowest_first = sorted(((label, _values(found[key])) for key, label in met), key=lambda pair: -pair[1][0])
    return Figure(
        slug,
        title,
        scope.heading,
        _columns(),
        [_line(label, found[key]) for key, label in met],
        total=_line(str(TOTAL), whole),
        drawing=draw_bars(_measures(), slowest_first, say=duration_words),
        note=_("Médiane : la moitié des demandes. 9e décile : neuf sur dix n’ont pas attendu davantage."),
    )


def distribution(facts):
    """How many requests waited how long, for the first reaction and for the answer."""
    reacted, answered = _by_step(facts.reacted()), _by_step(facts.answered())
    wholes = [sum(reacted), sum(answered)]
    labels = [str(label) for _hours, label in _STEPS]
    counts = list(zip(reacted, answered, strict=True))
    lines = [
        Line(label, [first, share(first, wholes[0]), last, share(last, wholes[1])])
        for label, (first, last) in zip(labels, counts, strict=True)
    ]
    names = [_("première réaction"), _("résolution")]
    return Figure(
        "distribution",
        _("Combien de temps les demandes attendent"),
        _("Délai"),
        [column for name in names for column in (Column(name), Column(_("part"), Kind.SHARE))],
        lines if any(wholes) else [],
        total=Line(str(TOTAL), [wholes[0], share(*wholes[:1] * 2), wholes[1], share(*wholes[1:] * 2)]),
        drawing=draw_bars(names, list(zip(labels, counts, strict=True))),
    )


def _by_step(rows):
    """Return how many `rows` lasted as long as each step: one query."""
    counts, least = {}, None
    for rank, (hours, _label) in enumerate(_STEPS):
        most = None if hours is None else timedelta(hours=hours)
        bounds = {"lasted__gte": least, "lasted__lt": most}
        kept = Q(**{name: bound for name, bound in bounds.items() if bound is not None})
        counts[f"step{rank}"] = Count("pk", filter=kept)
        least = most
    return list(rows.aggregate(**counts).values())


def longest(facts):
    """The requests answered in scope that took the longest."""
    rows = facts.answered().select_related("category").order_by("-lasted", "pk")[:LONGEST]
    return _listed(
        "plus-longues",
        _("Les demandes traitées qui ont pris le plus de temps"),
        [(ticket, ticket.lasted) for ticket in rows],
        _("du dépôt à la réponse"),
    )


def oldest(facts):
    """The open requests that have waited the longest, whenever they were filed."""
    rows = facts.scope.tickets().open().select_related("category").order_by("submitted_at", "pk")[:LONGEST]
    now = timezone.now()
    return _listed(
        "plus-anciennes",
        _("Les demandes ouvertes les plus anciennes"),
        [(ticket, now - ticket.submitted_at) for ticket in rows],
        _("depuis le dépôt"),
        note=_("Aujourd’hui, quelle que soit leur date de dépôt."),
    )


def _listed(slug, title, rows, duration, *, note=""):
    lines = [
        Line(
            ticket.reference,
            [ticket.category.name, str(Status(ticket.status).label), lasted.total_seconds()],
            reverse("admin:tickets_ticket_change", args=[ticket.pk]),
        )
        for ticket, lasted in rows
    ]
    columns = [Column(_("thème"), Kind.TEXT), Column(_("état"), Kind.TEXT), Column(duration, Kind.DURATION)]
    return Figure(
        slug,
        title,
        _("Demande"),
        columns,
        lines,
        drawing=draw_bars([""], [(line.label, line.cells[-1:]) for line in lines], say=duration_words),
        note=note,
    )


def _measures():
    return [_("médiane"), _("9e décile")]


def _columns():
    return [Column(_("demandes")), *(Column(name, Kind.DURATION) for name in _measures())]


def _line(label, spread):
    return Line(label, [spread.count, spread.median, spread.ninth])


def _values(spread):
    return [spread.median or 0, spread.ninth or 0]
