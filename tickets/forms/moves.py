"""The form of a move, derived from what the table says it asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from categories.roles import people_on
from teledemande.fields import MessageField
from tickets.forms.filing import files_field
from tickets.forms.layout import PlainHelper
from tickets.lifecycle.enums import Outcome
from tickets.lifecycle.refusals import UnsuitableAssigneeError
from tickets.lifecycle.transitions import Ask
from tickets.services.moving import Given

_WRITES = (Ask.MESSAGE, Ask.REQUIRED_MESSAGE, Ask.MESSAGE_OR_FILES)
_ATTACHES = (Ask.FILES, Ask.MESSAGE_OR_FILES)


class PersonChoiceField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, person):
        """Return the name, and the capacity when known."""
        return f"{person} – {person.capacity}" if person.capacity else str(person)


class MoveForm(forms.Form):
    """What `move` asks for on `ticket`; `draft` (or None) already holds files."""

    helper = PlainHelper()

    def __init__(self, *args, move, ticket, draft=None, **options):
        super().__init__(*args, **options)
        self.move, self.draft = move, draft
        if Ask.OUTCOME in move.asks:
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Issue"),
                choices=[("", _("Choisissez")), *Outcome.choices],
                error_messages={"required": _("Choisissez ce qu’il est advenu de la demande.")},
            )
        if Ask.ASSIGNEE in move.asks:
            people = people_on(ticket.category_id).exclude(pk=ticket.requester_id)
            self.fields["assignee"] = PersonChoiceField(
                label=_("Gestionnaire"),
                queryset=people,
                empty_label=_("Choisissez"),
                error_messages={
                    "required": _("Choisissez un collègue."),
                    "invalid_choice": UnsuitableAssigneeError.sentence,
                },
            )
        if any(ask in move.asks for ask in _WRITES):
            required = Ask.REQUIRED_MESSAGE in move.asks
            self.fields["message"] = MessageField(label=move.prompt, required=required)
        if any(ask in move.asks for ask in _ATTACHES):
            self.fields["files"] = files_field()

    @property
    def takes_files(self):
        """Whether the move accepts files."""
        return "files" in self.fields

    def clean(self):
        """Ask for words or a file where one of them is needed."""
        cleaned = super().clean()
        has_files = self.draft is not None and self.draft.files.exists()
        is_empty = not cleaned.get("message") and not has_files and "message" not in self.errors
        if is_empty and Ask.MESSAGE_OR_FILES in self.move.asks:
            self.add_error("message", _("Écrivez un message ou joignez un fichier."))
        return cleaned

    def given(self, key):
        """Return the cleaned answers for `apply_transition`, under the idempotence key `key`."""
        return Given(
            message=self.cleaned_data.get("message", ""),
            assignee=self.cleaned_data.get("assignee"),
            outcome=self.cleaned_data.get("outcome", ""),
            key=key,
        )
