"""What to count: the filters of statistics, read from the address."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.models import Service
from tickets.admin.filters import choice_field, day_field
from tickets.lifecycle.enums import Channel
from tickets.statistics.scope import Interval, Scope, Split

# So many days at least in a period, and so many periods at most in a table.
_SHORTEST = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 28, Interval.QUARTER: 90}
_MOST_PERIODS = 120


class ScopeForm(forms.Form):
    """What to count. Without an answer: the last twelve months, by month, every request reached."""

    depuis = day_field(gettext_lazy("Du"))
    jusque = day_field(gettext_lazy("Au"))
    theme = choice_field(gettext_lazy("Thème, avec ce qu’il contient"), [])
    service = choice_field(gettext_lazy("Service"), [])
    origine = choice_field(gettext_lazy("Origine"), [("", gettext_lazy("toutes")), *Channel.choices])
    pas = choice_field(gettext_lazy("Périodes"), Interval.choices)
    par = choice_field(gettext_lazy("Répartition"), Split.choices)

    def __init__(self, asked, *, themes):
        super().__init__(_with_defaults(asked), auto_id="chiffres-%s")
        self._themes = themes
        self._names = {theme.pk: theme.name for theme in themes.in_order}
        services = Service.objects.filter(categories__in=list(self._names)).distinct()
        choices = [(service.slug, service.name, service.pk) for service in services]
        self._services = {slug: pk for slug, _name, pk in choices}
        self.fields["theme"].choices = [("", gettext_lazy("tous")), *themes.choices]
        self.fields["service"].choices = [
            ("", gettext_lazy("tous")),
            *((slug, name) for slug, name, _pk in choices),
        ]

    def clean(self):
        """Refuse a period that ends before it begins, or is cut in too many pieces."""
        asked = super().clean()
        since, until = asked.get("depuis"), asked.get("jusque")
        if since is None or until is None:
            return asked
        if since > until:
            raise forms.ValidationError(_("La date de fin précède la date de début : échangez-les."))
        if (until - since).days / _SHORTEST[asked.get("pas") or Interval.MONTH] > _MOST_PERIODS:
            raise forms.ValidationError(
                _("Prenez une durée plus courte ou des périodes plus longues : %(count)d périodes au plus.")
                % {"count": _MOST_PERIODS}
            )
        return asked

    def scope(self, reader):
        """Return the Scope asked for; the default one when the answers are wrong."""
        asked = self.cleaned_data if self.is_valid() else _default()
        return Scope(
            reader=reader,
            since=asked["depuis"],
            until=asked["jusque"],
            interval=Interval(asked["pas"] or Interval.MONTH),
            split=Split(asked["par"] or Split.THEME),
            themes=self._themes.below(asked["theme"]) if asked["theme"] else None,
            service=self._services.get(asked["service"]),
            channel=asked["origine"],
            names=self._names,
        )


def _default():
    since, until = _year()
    return {"depuis": since, "jusque": until, "pas": "", "par": "", "theme": "", "service": "", "origine": ""}


def _with_defaults(asked):
    """Return the answers with the days left empty filled in."""
    since, until = _year()
    given = {name: value for name, value in asked.items() if value}
    return {"depuis": since.isoformat(), "jusque": until.isoformat(), "pas": Interval.MONTH.value} | given


def _year():
    """Return the bounds of the twelve months that end today."""
    today = timezone.localdate()
    return (today.replace(day=1) - timedelta(days=330)).replace(day=1), today
