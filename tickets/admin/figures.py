"""The page of statistics and its export."""

import csv
from datetime import timedelta

from django import forms
from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tickets.admin.filters import choice_field, day_field
from tickets.admin.themes import ReachedThemes
from tickets.statistics.counting import COLUMNS, count, count_crossed
from tickets.statistics.drawing import draw
from tickets.statistics.scope import Scope, Step

_MOST_PERIODS = 120
_THEMES_DRAWN = 12


class ScopeForm(forms.Form):
    """What to count. Without an answer: the last twelve months, by month, every theme reached."""

    depuis = day_field(gettext_lazy("Du"))
    jusque = day_field(gettext_lazy("Au"))
    pas = choice_field(gettext_lazy("Périodes"), Step.choices)
    theme = choice_field(gettext_lazy("Thème"), [])

    def __init__(self, asked, *, themes):
        super().__init__(_with_days(asked), auto_id="chiffres-%s")
        self._themes = themes
        self.fields["theme"].choices = [("", gettext_lazy("tous")), *themes.choices]

    def clean(self):
        """Refuse a period that ends before it begins, or is cut in too many pieces."""
        asked = super().clean()
        since, until = asked.get("depuis"), asked.get("jusque")
        if since is None or until is None:
            return asked
        if since > until:
            raise forms.ValidationError(_("La date de fin précède la date de début : échangez-les."))
        if (until - since).days / (7 if asked.get("pas") == Step.WEEK else 30) > _MOST_PERIODS:
            raise forms.ValidationError(
                _("Choisissez une durée plus courte : %(count)d périodes au plus.") % {"count": _MOST_PERIODS}
            )
        return asked

    def scope(self, reader):
        """Return the Scope asked for; the default one when the answers are wrong."""
        if not self.is_valid():
            return ScopeForm({}, themes=self._themes).scope(reader)
        asked = self.cleaned_data
        return Scope(
            reader=reader,
            since=asked["depuis"],
            until=asked["jusque"],
            step=Step(asked["pas"] or Step.MONTH),
            themes=self._themes.below(asked["theme"]) if asked["theme"] else None,
        )


def _with_days(asked):
    """Return the answers with the days left empty filled in: the twelve months that end today."""
    today = timezone.localdate()
    eleven_months_before = (today.replace(day=1) - timedelta(days=330)).replace(day=1)
    given = {name: value for name, value in asked.items() if value}
    return {"depuis": eleven_months_before.isoformat(), "jusque": today.isoformat()} | given


@require_safe
def statistics(request):
    """Show the figures: pictures, with the table under each."""
    themes = ReachedThemes(request.user)
    form = ScopeForm(request.GET, themes=themes)
    scope = form.scope(request.user)
    figures = count(scope, _labels(themes))
    context = admin.site.each_context(request) | {
        "title": _("Statistiques"),
        "form": form,
        "scope": scope,
        "figures": figures,
        "columns": COLUMNS.values(),
        "after_closing": _after_closing(figures.total),
        "period_drawing": _period_drawing(figures),
        "theme_drawing": _theme_drawing(figures),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "gestion/statistics.html", context)


@require_safe
def statistics_csv(request):
    """Send the same figures, crossed by theme and period, for a spreadsheet."""
    themes = ReachedThemes(request.user)
    scope = ScopeForm(request.GET, themes=themes).scope(request.user)
    name = f"teledemande-{scope.since:%Y%m%d}-{scope.until:%Y%m%d}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # without it a spreadsheet reads accents as another alphabet
    writer = csv.writer(response, delimiter=";")
    median = _("délai médian (jours)")
    writer.writerow([_("thème"), _("période"), *COLUMNS.values(), median])
    for label, day, line in count_crossed(scope, _labels(themes)):
        days = "" if line.median_days is None else str(line.median_days).replace(".", ",")
        writer.writerow([_cell(label), day.isoformat(), *line.cells, days])
    return response


def _labels(themes):
    return [(theme.pk, theme.name) for theme in themes.in_order]


def _cell(text):
    # A spreadsheet runs a cell that begins like a formula.
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _after_closing(total):
    """Return (label, number, share in percent) of what became of the closures."""
    became = [("approve", _("approuvées")), ("expire", _("tacites")), ("contest", _("contestées"))]
    whole = sum(total.counts[kind] for kind, _label in became)
    return [
        (label, total.counts[kind], round(100 * total.counts[kind] / whole) if whole else None)
        for kind, label in became
    ]


def _period_drawing(figures):
    values = [(line.label, [line.counts["submit"], line.counts["close"]]) for line in figures.by_period]
    title = _("Demandes déposées et clôturées, par période")
    return draw("periodes", title, [_("déposées"), _("clôturées")], values)


def _theme_drawing(figures):
    lines = sorted(figures.by_theme, key=lambda line: -line.counts["submit"])[:_THEMES_DRAWN]
    values = [(line.label, [line.counts["submit"], line.counts["close"]]) for line in lines]
    title = _("Demandes déposées et clôturées, par thème")
    return draw("themes", title, [_("déposées"), _("clôturées")], values)
