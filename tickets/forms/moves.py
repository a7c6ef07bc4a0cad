"""The form of a move, derived from what the table says it asks."""

from django import forms
from django.core.validators import EMPTY_VALUES
from django.utils.translation import gettext_lazy as _

from tickets.forms.asked import TYPED, fields_of
from tickets.forms.layout import PlainHelper
from tickets.forms.linking import ONE_OF_THEM
from tickets.forms.required_items import supply_fields
from tickets.forms.withdrawing import file_field
from tickets.lifecycle.doubts import says_the_contrary
from tickets.lifecycle.moves import Ask
from tickets.lifecycle.refusals import DoubtError
from tickets.services.given import Given


class MoveForm(forms.Form):
    """What `move` asks for on `ticket`; `draft` (or None) already holds files.

    `person`: who writes. `supplier`: she too, on the requester's side, where required items come from.
    """

    helper = PlainHelper()

    def __init__(self, *args, move, ticket, draft=None, person=None, supplier=None, **options):
        super().__init__(*args, **options)
        self.move, self.ticket, self.draft = move, ticket, draft
        self.fields.update(fields_of(move, ticket))
        if Ask.FILE in move.asks:
            self.fields["file"] = file_field(ticket, person)
        if supplier is not None:
            self.fields.update(supply_fields(move, ticket, supplier))
        # The second question stands from the moment it is asked, whatever is written next.
        if Ask.SURE in move.asks and self.is_bound and self._is_doubtful():
            self.fields["is_sure"] = forms.BooleanField(
                label=_("Je confirme : ma demande est entièrement traitée."), required=False
            )

    @property
    def takes_files(self):
        """Whether the move accepts files."""
        return "files" in self.fields

    def clean(self):
        """Ask for words or a file where one of them is needed; ask again about words that say no."""
        cleaned = super().clean()
        has_files = self.draft is not None and self.draft.files.exists()
        is_empty = not (cleaned.get("message") or has_files or cleaned.get("gives_up"))
        if is_empty and "message" not in self.errors and Ask.MESSAGE_OR_FILES in self.move.asks:
            self.add_error("message", _("Écrivez un message ou joignez un fichier."))
        if Ask.LINKED in self.move.asks and bool(cleaned.get("linked")) == bool(cleaned.get("entry")):
            self.add_error(None, ONE_OF_THEM)
        if "is_sure" in self.fields and self._is_doubtful() and not cleaned.get("is_sure"):
            self.add_error(None, DoubtError.sentence)
        return cleaned

    def _is_doubtful(self):
        return says_the_contrary(self.data.get("message", ""))

    def given(self, key):
        """Return the cleaned answers for `apply_transition`, under the idempotence key `key`."""
        answers = {name: value for name, value in self.cleaned_data.items() if name in _GIVEN}
        return Given(**{name: value for name, value in answers.items() if value not in EMPTY_VALUES}, key=key)


_GIVEN = {*TYPED, "is_sure"}
