"""The list of mails: found by address, reference or subject, narrowed by one form, never counted whole."""

from datetime import timedelta

from django import forms
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.labels import labels
from notifications.models import MailState
from teledemande.fields import LineField
from tickets.admin.filters import choice_field, day_field
from tickets.models import Ticket
from tickets.statistics.scope import midnight

_VALUE = [("", _("tous")), ("oui", _("à valeur juridique")), ("non", _("de courtoisie"))]


HELD = "retenus"


class MailFilters(forms.Form):
    """Words, state, value, message and period of the mails listed. A wrong value narrows nothing."""

    q = LineField(
        label=_("Adresse, numéro de demande ou objet"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
        error_messages={"max_length": _("Cherchez moins de mots : %(limit_value)d caractères au plus.")},
    )
    etat = choice_field(_("État"), [("", _("tous")), (HELD, _("retenus")), *MailState.choices])
    valeur = choice_field(_("Valeur"), _VALUE)
    modele = choice_field(_("Message"), [])
    depuis = day_field(_("Écrit depuis le"))
    jusque = day_field(_("Écrit jusqu’au"))

    def __init__(self, asked):
        super().__init__(asked, auto_id="filtre-%s")
        known = sorted(((name, str(label)) for name, label in labels().items()), key=lambda one: one[1])
        self.fields["modele"].choices = [("", _("tous")), *known]
        self.is_valid()

    @property
    def is_narrowed(self):
        """Whether something beside words was asked, rightly or not: the fields are then shown unfolded."""
        return bool(self.errors) or any(value for name, value in self.cleaned_data.items() if name != "q")

    def narrow(self, mails):
        """Keep the mails that match what was asked."""
        asked = self.cleaned_data
        limits = {
            **_state(asked.get("etat")),
            "message": asked.get("modele"),
            "created_at__gte": asked.get("depuis") and midnight(asked["depuis"]),
            "created_at__lt": asked.get("jusque") and midnight(asked["jusque"] + timedelta(days=1)),
        }
        mails = mails.filter(**{name: value for name, value in limits.items() if value not in (None, "")})
        if asked.get("valeur"):
            mails = mails.filter(is_legal=asked["valeur"] == "oui")
        return mails.filter(_found(asked["q"])) if asked.get("q") else mails


def _state(asked):
    """Return the limits of a state; held is said of what still waits, whatever the state."""
    if asked == HELD:
        return {"held_at__isnull": False, "sent_at__isnull": True, "due_at__gt": timezone.now()}
    return {"state": asked}


def _found(words):
    """Return the condition of the mails `words` name: a request, a whole address (by index), or parts."""
    ticket = Ticket.objects.by_reference(words).first()
    if ticket is not None:
        return Q(ticket=ticket)
    try:
        validate_email(words)
    except ValidationError:
        return Q(to__icontains=words) | Q(subject__icontains=words)
    return Q(to__in={words, words.lower()})


class MailList(ChangeList):
    """What of the mails she may read the reader asked for. Nothing else of the address is a lookup."""

    def __init__(self, request, *args, **options):
        self.request_query, self.filters = request.GET, MailFilters(request.GET)
        super().__init__(request, *args, **options)

    def get_filters_params(self, params=None):
        """Read nothing of the address as a lookup."""
        return {}

    def get_queryset(self, request, exclude_parameters=None):
        """Return the mails narrowed by the form, latest first."""
        self.filter_specs, self.has_filters = [], False
        self.has_active_filters = bool(self.filters.changed_data)
        return self.filters.narrow(self.root_queryset).order_by("-created_at", "-pk")

    @property
    def previous_page_url(self):
        """The address of the page before, or nothing."""
        return self._page_url(self.page_num - 1) if self.page_num > 1 else ""

    @property
    def next_page_url(self):
        """The address of the page after, or nothing."""
        return self._page_url(self.page_num + 1) if self.page_num < self.paginator.num_pages else ""

    def _page_url(self, number):
        asked = self.request_query.copy()
        asked[PAGE_VAR] = number
        return f"?{asked.urlencode()}"
