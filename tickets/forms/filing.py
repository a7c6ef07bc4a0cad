"""The general form of a request."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from teledemande.fields import LineField, ManyFilesField, ManyFilesInput, MessageField
from tickets.files.signatures import ACCEPTED_EXTENSIONS
from tickets.files.sizes import size_words
from tickets.forms.layout import PlainHelper


def files_field():
    """Return the field « Fichiers attachés »."""
    accepted = ",".join(f".{extension}" for extension in ACCEPTED_EXTENSIONS)
    return ManyFilesField(
        label=_("Fichiers attachés"),
        required=False,
        help_text=_(
            "PDF, photos et documents bureautiques ; %(size)s par fichier, %(count)d fichiers au plus."
        )
        % {"size": size_words(settings.FILE_MAX_BYTES), "count": settings.FILES_MAX_COUNT},
        widget=ManyFilesInput(
            attrs={
                "class": "file-picker__input",
                "accept": accepted,
                "data-files": "",
                "data-max-bytes": settings.FILE_MAX_BYTES,
                "data-max-count": settings.FILES_MAX_COUNT,
            }
        ),
    )


class RequestForm(forms.Form):
    """Subject, message, files: what every theme asks."""

    subject = LineField(
        label=_("Objet"),
        max_length=200,
        help_text=_("En quelques mots. Exemple : relevé de notes de licence 2, année 2024-2025."),
        error_messages={
            "required": _("Indiquez l’objet de votre demande en quelques mots."),
            "max_length": _("L’objet compte %(show_value)d caractères, la limite est %(limit_value)d."),
        },
    )
    message = MessageField(
        label=_("Votre demande"),
        help_text=_(
            "Dites ce que vous demandez, pour quelle formation, quelle année, et ce que vous avez déjà fait."
        ),
        error_messages={
            "required": _("Écrivez votre demande."),
            "max_length": _(
                "Votre texte compte %(show_value)d caractères, la limite est %(limit_value)d : "
                "raccourcissez-le ou joignez-le en fichier."
            ),
        },
    )
    files = files_field()

    helper = PlainHelper()
