"""Figures on mails: how many leave, how long it takes them, what keeps the others, what servers answer."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q
from django.db.models.functions import Left, TruncDate
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.models import MailState
from teledemande.french_dates import day_words
from tickets.statistics.drawing.bars import draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.figures import Column, Figure, Kind, Line, duration_words
from tickets.statistics.percentiles import Spread, spreads
from tickets.statistics.scope import midnight

PERIODS = (7, 30, 90)
_DAY = gettext_lazy("Jour")
_WAITS_NO_MORE = (MailState.SENT, MailState.BOUNCED, MailState.FAILED, MailState.CANCELLED)
_NOTHING = gettext_lazy("Aucun courriel pendant ces jours.")


def figures_of(mails, days):
    """Return the Figures on `mails` over the last `days` days, today included: one query each."""
    today = timezone.localdate()
    each = [today - timedelta(days=back) for back in reversed(range(days))]
    written = mails.filter(created_at__gte=midnight(each[0])).order_by()
    sent = mails.filter(sent_at__gte=midnight(each[0])).order_by()
    return [_sent(sent, each), _states(written), _delays(sent, each), _answers(written)]


def _sent(sent, days):
    rows = sent.values_list(TruncDate("sent_at"), "is_legal").annotate(number=Count("pk"))
    found = Counter({(day, is_legal): number for day, is_legal, number in rows})
    values = [[found[day, True], found[day, False]] for day in days]
    names = [_("à valeur juridique"), _("de courtoisie")]
    return Figure(
        "envoyes",
        _("Courriels envoyés, par jour"),
        _DAY,
        [Column(name) for name in names],
        _lines(found, days, values),
        total=Line(_("Ensemble"), [sum(column) for column in zip(*values, strict=True)]),
        drawing=draw_columns(names, _in_time(days, values)),
        note=_("Acceptés par le serveur ce jour-là, y compris ceux qui sont revenus ensuite."),
        empty=_NOTHING,
    )


def _states(written):
    waits, tried = ~Q(state__in=_WAITS_NO_MORE), Q(attempts__gt=0)
    kinds = {
        _("envoyés"): Q(state=MailState.SENT),
        _("en attente d’un premier envoi"): waits & ~tried,
        _("remis à plus tard par le serveur"): waits & tried,
        _("revenus (non remis)"): Q(state=MailState.BOUNCED),
        _("en échec"): Q(state=MailState.FAILED),
        _("arrêtés ou annulés"): Q(state=MailState.CANCELLED),
    }
    counts = {f"kind{rank}": Count("pk", filter=kind) for rank, kind in enumerate(kinds.values())}
    numbers = list(written.aggregate(**counts).values())
    lines = [Line(label, [number]) for label, number in zip(kinds, numbers, strict=True)]
    return Figure(
        "etats",
        _("Où en sont les courriels écrits pendant ces jours"),
        _("État"),
        [Column(_("courriels"))],
        lines if any(numbers) else [],
        total=Line(_("Ensemble"), [sum(numbers)]),
        drawing=draw_bars([""], [(line.label, line.cells) for line in lines]),
        empty=_NOTHING,
    )


def _delays(sent, days):
    """Sent again, a mail says nothing of how long mails take: it is left out."""
    lasted = ExpressionWrapper(F("sent_at") - F("created_at"), output_field=DurationField())
    rows = sent.filter(acts__isnull=True).annotate(lasted=lasted, day=TruncDate("sent_at"))
    found = spreads(rows, "lasted", "day")
    each = [found.get((day,), Spread()) for day in days]
    values = [[spread.median or 0, spread.ninth or 0] for spread in each]
    names = [_("médiane"), _("9e décile")]
    said = [[_said(spread.median), _said(spread.ninth)] for spread in each]
    return Figure(
        "delais",
        _("Temps entre l’écriture et l’envoi, par jour d’envoi"),
        _DAY,
        [Column(name, Kind.TEXT) for name in names],
        _lines(found, days, said),
        drawing=draw_columns(names, _in_time(days, values), say=seconds_words),
        note=_(
            "Médiane : la moitié des courriels. 9e décile : neuf sur dix sont partis plus vite. Un message "
            "qui peut être repris attend quelques secondes exprès."
        ),
        empty=_NOTHING,
    )


def _answers(written):
    code = Left("answer", 3)
    rows = written.exclude(answer="").values_list(code).annotate(number=Count("pk"), words=Max("answer"))
    found: dict[str, tuple[int, str]] = {}
    for start, number, words in rows:
        key = start if start.isdecimal() else ""
        before, example = found.get(key, (0, ""))
        found[key] = (before + number, max(example, words))
    lines = [Line(key or _("sans code"), [number, words]) for key, (number, words) in sorted(found.items())]
    return Figure(
        "reponses",
        _("Dernière réponse du serveur, par code"),
        _("Code"),
        [Column(_("courriels")), Column(_("exemple"), Kind.TEXT)],
        lines,
        drawing=draw_bars([""], [(line.label, line.cells[:1]) for line in lines]),
        note=_(
            "2xx : accepté. 4xx : à retenter. 5xx : refusé pour de bon. "
            "Sans code : connexion refusée, coupée ou muette."
        ),
        empty=_("Aucun serveur n’a répondu pendant ces jours."),
    )


def seconds_words(seconds):
    """Return a duration as people say it, seconds included: « 2,5 s », « 4 min », « 5 h 20 »."""
    if seconds >= 60:
        return duration_words(seconds)
    return _("%(seconds)s s") % {"seconds": number_format(round(seconds, 1), 1)}


def _said(seconds):
    return None if seconds is None else seconds_words(seconds)


def _in_time(days, values):
    return [(f"{day:%d/%m}", day_words(day), numbers) for day, numbers in zip(days, values, strict=True)]


def _lines(found, days, values):
    """Return the lines of a table in time; none when nothing happened at all."""
    lines = [Line(day_words(day), cells) for day, cells in zip(days, values, strict=True)]
    return lines if found else []
