"""Why a file does not come into a draft, in sentences that say what to do."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from tickets.files.checking import clean_name
from tickets.files.sizes import size_words


def not_for_piece(upload: UploadedFile, extensions: tuple[str, ...]) -> str:
    """Return the sentence for a file of a type the form does not take for that piece."""
    return _("« %(name)s » n’est pas joint : pour cette pièce, envoyez un fichier %(types)s.") % {
        "name": clean_name(upload.name),
        "types": ", ".join(extensions).upper(),
    }


def too_much_today(name: str) -> str:
    """Return the sentence for a file past the limit of a day."""
    return _(
        "« %(name)s » n’est pas joint : on peut envoyer %(size)s de fichiers par jour. Recommencez demain."
    ) % {"name": name, "size": size_words(settings.FILES_MAX_BYTES_A_DAY)}


def too_much_for_request(name: str) -> str:
    """Return the sentence for a file past what a request holds."""
    return _(
        "« %(name)s » n’est pas joint : les fichiers de cette demande dépasseraient ensemble %(size)s. "
        "Réduisez-le (photo moins précise, PDF compressé) ou n’envoyez que les pages utiles."
    ) % {"name": name, "size": size_words(settings.FILES_MAX_BYTES_A_REQUEST)}


def log_in_first(upload: UploadedFile) -> str:
    """Return the sentence for a file sent by somebody who has not logged in."""
    return _("« %(name)s » n’est pas joint : connectez-vous d’abord. Votre texte est conservé.") % {
        "name": clean_name(upload.name)
    }


def already_sent(upload: UploadedFile) -> str:
    """Return the sentence for a file sent in a draft that is gone."""
    return _("« %(name)s » n’est pas joint : ce formulaire a déjà été envoyé.") % {
        "name": clean_name(upload.name)
    }
