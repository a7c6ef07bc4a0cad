"""What the list may be narrowed to: one form, one address, no JavaScript."""

from datetime import date, timedelta
from functools import cache, partial

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from categories.colleagues import colleague_ids
from teledemande.fields import LineField
from teledemande.widgets import QuickSelect
from tickets.admin.orders import ORDERS
from tickets.lifecycle.enums import OPEN, Status
from tickets.search.matching import tickets_with
from tickets.statistics.scope import midnight

UNDER_WAY = "non-traitees"  # in addresses: every status in which something is still to be done
# Nothing was filed before, and a database does not count the hours of the first day of the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def day_field(label):
    """Return a field for a day, which a browser helps to choose."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Indiquez une date au format jj/mm/aaaa.")},
        validators=[
            MinValueValidator(FIRST_DAY, _("Indiquez une date à partir de l’an 2000.")),
            MaxValueValidator(LAST_DAY, _("Indiquez une date avant l’an 2100.")),
        ],
    )


def choice_field(label, choices):
    """Return an optional field to choose from a list."""
    widget = QuickSelect(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)


def in_charge_choices(user):
    """Return the colleagues `user` may narrow the list to; an administrator, any member of staff."""
    people = User.objects.filter(is_active=True, is_staff=True)
    if not user.is_superuser:
        people = people.filter(pk__in=colleague_ids(user))
    ordered = people.only(*User.NAMED_BY).order_by("last_name", "first_name", "pk")
    return [("", _("tous")), *((str(one.pk), str(one)) for one in ordered)]


class ListFilters(forms.Form):
    """Words, status, theme, who is in charge, period and order of the list. A wrong value narrows nothing."""

    q = LineField(
        label=_("Numéro ou mots"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
        error_messages={"max_length": _("Cherchez moins de mots : %(limit_value)d caractères au plus.")},
    )
    etat = choice_field(_("État"), [("", _("tous")), (UNDER_WAY, _("non traitées")), *Status.choices])
    theme = choice_field(_("Thème"), [])
    charge = choice_field(_("En charge"), [])
    depuis = day_field(_("Déposée depuis le"))
    jusque = day_field(_("Déposée jusqu’au"))
    tri = choice_field(
        _("Ordre"), [("", _("celui de la vue")), *((key, label) for key, (label, _order) in ORDERS.items())]
    )

    def __init__(self, *args, user, themes, **options):
        super().__init__(*args, auto_id="filtre-%s", **options)
        self._user, self._themes = user, themes
        self.fields["theme"].choices = [("", _("tous")), *themes.choices]
        # Read when the form is drawn, or when somebody is asked for: not by every page that knows the list.
        self.fields["charge"].choices = cache(partial(in_charge_choices, user))
        self.is_valid()

    @property
    def is_active(self):
        """Whether something narrows the list."""
        return any(value for name, value in self.cleaned_data.items() if name != "tri")

    @property
    def is_narrowed(self):
        """Whether something beside words was asked, rightly or not: the fields are then shown unfolded."""
        return bool(self.errors) or any(value for name, value in self.cleaned_data.items() if name != "q")

    def narrow(self, tickets):
        """Keep the requests of `tickets` that match what was asked."""
        asked = self.cleaned_data
        limits = {
            **self._status(asked.get("etat")),
            "assignee": asked.get("charge"),
            "submitted_at__gte": asked.get("depuis") and midnight(asked["depuis"]),
            "submitted_at__lt": asked.get("jusque") and midnight(asked["jusque"] + timedelta(days=1)),
        }
        tickets = tickets.filter(**{name: value for name, value in limits.items() if value})
        if asked.get("theme"):
            tickets = tickets.filter(category__in=self._themes.below(asked["theme"]))
        if asked.get("q"):
            tickets = tickets.filter(self._found(asked["q"]))
        return tickets

    def _status(self, asked):
        return {"status__in": OPEN} if asked == UNDER_WAY else {"status": asked}

    def _found(self, words):
        found = Q(pk__in=tickets_with(words, reader=self._user).values("pk"))
        if words.isdecimal() and len(words) <= 12:  # the number alone, as people say it
            found |= Q(pk=int(words))
        return found

    def order(self, default):
        """Return the order asked for, or `default`."""
        return ORDERS[self.cleaned_data["tri"]][1] if self.cleaned_data.get("tri") else default
