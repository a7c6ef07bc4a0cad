"""The form of one move made on several requests: asked once, for all of them."""

from functools import reduce
from operator import or_

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from categories.models import Category
from categories.roles import people_on
from tickets.forms.asked import fields_of
from tickets.forms.layout import PlainHelper


class BulkMoveForm(forms.Form):
    """What `move` asks for, once for all of `tickets` (at least one).

    Whom or where each request may go is for the service to say: what suits one may not suit another.
    """

    helper = PlainHelper()

    def __init__(self, *args, move, tickets, **options):
        super().__init__(*args, **options)
        self.fields.update(fields_of(move, tickets[0]))
        if "assignee" in self.fields:
            self.fields["assignee"].queryset = _people_on_any({ticket.category_id for ticket in tickets})
        if "category" in self.fields:
            self.fields["category"].queryset = Category.objects.fileable().select_related("service")
        if "priority" in self.fields:
            self.fields["priority"].choices = [("", _("Choisissez")), *self.fields["priority"].choices]
            self.fields["priority"].initial = ""
            self.fields["priority"].error_messages["required"] = _("Choisissez la priorité.")

    @property
    def answers(self):
        """What was given, by the names of `Given`."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _people_on_any(category_ids):
    themes = (Q(pk__in=people_on(pk).order_by().values("pk")) for pk in sorted(category_ids))
    return get_user_model().objects.filter(reduce(or_, themes)).order_by("last_name", "first_name", "pk")
