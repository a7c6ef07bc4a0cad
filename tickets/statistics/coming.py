"""What falls due in the next twenty working days: silences, closings, recalls."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from categories.delays import months_after
from categories.enums import SilenceRule
from teledemande.french_dates import weekday_words
from tickets.clock.working_days import worked_after, worked_before, worked_from
from tickets.lifecycle.enums import Status
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.figures import Column, Figure, Line
from tickets.statistics.volumes import TOTAL

WORKING_DAYS = 20
# Days off never follow one another so long.
_A_LONG_WEEK_END = timedelta(days=7)


def coming(facts):
    """What falls due on each of the next twenty working days, today included."""
    tickets = facts.scope.tickets()
    days = worked_from(timezone.localdate(), WORKING_DAYS)
    # A silence ends without waiting for Monday: its work is for the day before. The rest is read on return.
    due = [
        _moved(_silences(tickets), worked_before, days),
        _moved(_dated(tickets.filter(status=Status.CLOSED), "approve_by"), worked_after, days),
        _moved(_dated(tickets.filter(status=Status.POSTPONED), "recall_on"), worked_after, days),
    ]
    values = [[count[day] for count in due] for day in days]
    totals = [sum(column) for column in zip(*values, strict=True)]
    lines = [Line(weekday_words(day), numbers) for day, numbers in zip(days, values, strict=True)]
    names = [_("silences"), _("clôtures"), _("reprises")]
    return Figure(
        "a-venir",
        _("Ce qui arrive à échéance dans les vingt prochains jours ouvrés"),
        _("Jour"),
        [Column(name) for name in names],
        lines if any(totals) else [],
        total=Line(str(TOTAL), totals),
        drawing=draw_columns(
            names,
            [(f"{day:%d/%m}", line.label, line.cells) for day, line in zip(days, lines, strict=True)],
        ),
        note=_(
            "Silences : dernier jour avant une décision implicite, compté depuis le dépôt, "
            "sans les suspensions ; celui qui tombe un jour chômé est avancé au jour ouvré précédent. "
            "Clôtures : dernier jour pour approuver ou contester. Reprises : demandes reportées. "
            "Les dates choisies plus haut n’y changent rien."
        ),
        empty=_("Rien n’arrive à échéance dans les vingt prochains jours ouvrés."),
    )


def overdue(facts):
    """The open requests whose silence is over already, by part."""
    scope, today = facts.scope, timezone.localdate()
    found: Counter = Counter()
    for part, filed_on, months, number in _regimes(scope.tickets(), scope.column):
        if months_after(filed_on, months) < today:
            found[part] += number
    lines = [Line(label, [found[key]]) for key, label in scope.parts(found)]
    return Figure(
        "silences-passes",
        _("Demandes ouvertes dont le délai de silence est passé, %(split)s") % {"split": scope.split.label},
        scope.heading,
        [Column(_("demandes"))],
        lines,
        total=Line(str(TOTAL), [found.total()]),
        drawing=draw_bars([""], [(line.label, line.cells) for line in lines]),
        note=_(
            "Compté depuis le dépôt, sans les suspensions. Les dates choisies plus haut n’y changent rien."
        ),
        empty=_("Aucune demande ouverte n’a dépassé son délai de silence."),
    )


def _silences(tickets):
    due: Counter = Counter()
    for filed_on, months, number in _regimes(tickets):
        due[months_after(filed_on, months)] += number
    return due


def _regimes(tickets, *keys):
    """Return (keys, day of filing, months, how many) of the open requests with a regime: no row a request."""
    ruled = tickets.open().exclude(silence_rule=SilenceRule.NONE).filter(silence_months__isnull=False)
    grouped = ruled.values_list(*keys, TruncDate("submitted_at"), "silence_months")
    return grouped.annotate(number=Count("pk"))


def _dated(tickets, moment):
    return Counter(dict(tickets.values_list(moment).annotate(number=Count("pk"))))


def _moved(due, move, days):
    """Move what falls on a day off, and keep what falls on `days`."""
    moved: Counter = Counter()
    for day, number in due.items():
        if day >= days[0] - _A_LONG_WEEK_END and day <= days[-1] + _A_LONG_WEEK_END:
            moved[move(day)] += number
    return moved
