"""How requests end: what came of them, whether the requester approved, contested or came back."""

from collections import Counter

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.lifecycle.enums import Outcome, Status
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.facts import summed
from tickets.statistics.figures import Column, Figure, Kind, Line, share
from tickets.statistics.volumes import PERIOD, TOTAL, period_values

_APPROVALS = {
    "approve": gettext_lazy("approuvées"),
    "expire": gettext_lazy("tacites"),
    "contest": gettext_lazy("contestées"),
}
_UNANSWERED = {
    Status.APPROVED: gettext_lazy("résolue, dit le demandeur, avant toute réponse"),
    Status.REFUSED: gettext_lazy("refusée"),
    Status.CANCELLED: gettext_lazy("retirée par le demandeur"),
    Status.TRANSMITTED: gettext_lazy("transmise à une autre administration"),
    Status.MERGED: gettext_lazy("jointe à une autre demande"),
}


def outcomes(facts):
    """What came of the requests answered or ended in scope."""
    scope = facts.scope
    over = scope.tickets().annotate(over_at=Coalesce("closed_at", "ended_at"))
    rows = scope.during(over, "over_at").values_list("outcome", "status").annotate(number=Count("pk"))
    found: Counter = Counter()
    for outcome, status, number in rows:
        found[outcome or status] += number
    labels = [*Outcome.choices, *_UNANSWERED.items()]
    lines = [
        Line(str(label), [found[key], share(found[key], found.total())])
        for key, label in labels
        if found[key]
    ]
    return Figure(
        "issues",
        _("Ce que deviennent les demandes"),
        _("Issue"),
        [Column(_("demandes")), Column(_("part"), Kind.SHARE)],
        lines,
        total=Line(str(TOTAL), [found.total(), share(found.total(), found.total())]),
        drawing=draw_bars([""], [(line.label, line.cells[:1]) for line in lines]),
        note=_("Les demandes traitées ou terminées entre ces deux jours, et non contestées depuis."),
    )


def approvals(facts):
    """What requesters made of closings: approved, let pass, contested; by period."""
    counts = _events(facts.scope, *_APPROVALS)
    values = [[counts[day, kind] for kind in _APPROVALS] for day in facts.scope.periods()]
    totals = summed(counts, 1)
    return _acts(
        facts.scope,
        "approbations",
        _("Clôtures approuvées, tacites et contestées, par période"),
        [str(name) for name in _APPROVALS.values()],
        values,
        [totals[kind] for kind in _APPROVALS],
        note=_(
            "Chaque acte à sa date : une demande clôturée, contestée puis approuvée compte une contestation "
            "et une approbation. Tacite : le délai a passé sans réponse du demandeur."
        ),
    )


def approval_shares(facts):
    """The share of each answer in all those given to closings, for each part of the split chosen."""
    scope = facts.scope
    rows = (
        scope.events(*_APPROVALS).values_list(f"ticket__{scope.column}", "kind").annotate(number=Count("pk"))
    )
    counts = Counter({(part, kind): number for part, kind, number in rows})
    met = scope.parts({part for part, _kind in counts})
    totals = summed(counts, 1)
    return Figure(
        "approbations-repartition",
        _("Ce que les demandeurs font des clôtures, %(split)s") % {"split": scope.split.label},
        scope.heading,
        [column for name in _APPROVALS.values() for column in (Column(name), Column(_("part"), Kind.SHARE))],
        [Line(label, _with_shares([counts[key, kind] for kind in _APPROVALS])) for key, label in met],
        total=Line(str(TOTAL), _with_shares([totals[kind] for kind in _APPROVALS])),
        drawing=draw_bars(
            [str(name) for name in _APPROVALS.values()],
            [(label, [counts[key, kind] for kind in _APPROVALS]) for key, label in met],
        ),
    )


def reopenings(facts):
    """Requests reopened, by whom, in each period."""
    scope = facts.scope
    is_hers = Q(actor=F("ticket__requester"))
    rows = (
        scope.events("reopen")
        .values_list("period")
        .annotate(hers=Count("pk", filter=is_hers), ours=Count("pk", filter=~is_hers))
    )
    found = {day: [hers, ours] for day, hers, ours in rows}
    values = [found.get(day, [0, 0]) for day in scope.periods()]
    return _acts(
        scope,
        "reouvertures",
        _("Demandes rouvertes, par période"),
        [_("par le demandeur"), _("par un gestionnaire")],
        values,
        [sum(column) for column in zip(*values, strict=True)],
        empty=_("Aucune demande n’a été rouverte entre ces deux jours."),
    )


def _events(scope, *kinds):
    rows = scope.events(*kinds).values_list("period", "kind").annotate(number=Count("pk"))
    return Counter({(period, kind): number for period, kind, number in rows})


def _acts(scope, slug, title, names, values, totals, **words):
    labels = [scope.period_label(day) for day in scope.periods()]
    lines = [Line(label, numbers) for label, numbers in zip(labels, values, strict=True)]
    return Figure(
        slug,
        title,
        PERIOD,
        [Column(name) for name in names],
        lines if any(totals) else [],
        total=Line(str(TOTAL), totals),
        drawing=draw_columns(names, period_values(scope, values)),
        **words,
    )


def _with_shares(numbers):
    return [cell for number in numbers for cell in (number, share(number, sum(numbers)))]
