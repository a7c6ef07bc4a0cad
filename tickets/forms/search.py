"""Search of requests: number, words, status, theme, period."""

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from categories.models import Category
from teledemande.fields import LineField
from tickets.forms.layout import PlainHelper
from tickets.lifecycle.enums import REQUESTER_LABELS
from tickets.models import Ticket
from tickets.querysets import read_for_others
from tickets.search.matching import tickets_with


def _status_choices():
    return [("", _("Tous les états")), *((str(key), label) for key, label in REQUESTER_LABELS.items())]


def _day_field(label):
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Indiquez une date au format jj/mm/aaaa.")},
    )


def themes_asked(reader):
    """Return the themes of the requests `reader` may see, without reading them all: one a theme is enough."""
    mine = Ticket.objects.filter(requester=reader).values("category")
    one_asked = Ticket.objects.filter(category=OuterRef("pk")).order_by(
        "status", "-submitted_at"
    )  # its index
    themes = Category.objects.alias(asked=Subquery(one_asked.values("pk")[:1]))
    return themes.filter(Q(pk__in=mine) | (read_for_others(reader, "pk") & Q(asked__isnull=False)))


class SearchForm(forms.Form):
    """What to look for among the requests `reader` may see."""

    q = LineField(
        label=_("Numéro ou mots"),
        required=False,
        max_length=200,
        help_text=_("Exemple : TD-2026-000123, ou relevé de notes."),
    )
    status = forms.ChoiceField(label=_("État"), required=False, choices=_status_choices)
    category = forms.ModelChoiceField(
        label=_("Thème"), required=False, queryset=Category.objects.none(), empty_label=_("Tous les thèmes")
    )
    since = _day_field(_("Déposée depuis le"))
    until = _day_field(_("Déposée jusqu’au"))

    helper = PlainHelper()

    def __init__(self, *args, reader, **options):
        super().__init__(*args, **options)
        self.reader = reader
        self.fields["category"].queryset = themes_asked(reader)

    def results(self):
        """Return the requests found, latest first; those of the reader when nothing is asked."""
        asked = self.cleaned_data
        if asked["q"]:
            found = tickets_with(asked["q"], reader=self.reader)
        else:
            found = Ticket.objects.visible_to(self.reader)
        limits = {
            "status": asked["status"],
            "category": asked["category"],
            "submitted_at__date__gte": asked["since"],
            "submitted_at__date__lte": asked["until"],
        }
        found = found.filter(**{name: value for name, value in limits.items() if value})
        return found.select_related("category").order_by("-submitted_at", "-pk")
