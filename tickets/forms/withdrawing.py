"""The field of the file its author takes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.lifecycle.refusals import FileOpenedError


class FileChoiceField(forms.ModelChoiceField):
    """A file, by its name."""

    def label_from_instance(self, file):
        """Return the name she gave it."""
        return file.name


def file_field(ticket, person):
    """Return the field of the files `person` may still withdraw from `ticket`."""
    return FileChoiceField(
        label=_("Fichier à retirer"),
        queryset=ticket.attachments.withdrawable_by(person),
        to_field_name="uuid",
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez le fichier à retirer."),
            "invalid_choice": FileOpenedError.sentence,
        },
    )
