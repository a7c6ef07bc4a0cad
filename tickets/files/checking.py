"""Accept or refuse one uploaded file, with a sentence that says what to do."""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from tickets.files.signatures import recognise
from tickets.files.sizes import size_words

_NAME_MAX = 120
_CHUNK = 64 * 1024


class FileRefusedError(Exception):
    """A file that may not come in; the message is the sentence shown."""


def check_file(upload, *, kept_count=0, kept_bytes=0):
    """Return the facts of an accepted file: name, size, content_type, sha256.

    `kept_count` and `kept_bytes` are what the same request already holds. Raises FileRefusedError.
    """
    name = clean_name(upload.name)
    _check_size(name, upload, kept_count, kept_bytes)
    kind = recognise(upload)
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    if kind is None:
        raise FileRefusedError(
            _("« %(name)s » n’est pas d’un type accepté. Envoyez un PDF, une photo ou un texte.")
            % {"name": name}
        )
    if extension not in kind.extensions:
        raise FileRefusedError(
            _(
                "« %(name)s » n’est pas ce que son nom annonce : son contenu est celui d’un .%(real)s. "
                "Renommez-le ou enregistrez-le de nouveau, puis renvoyez-le."
            )
            % {"name": name, "real": kind.extensions[0]}
        )
    return {"name": name, "size": upload.size, "content_type": kind.content_type, "sha256": digest(upload)}


def _check_size(name, upload, kept_count, kept_bytes):
    if upload.size == 0:
        raise FileRefusedError(_("« %(name)s » est vide : vérifiez-le et renvoyez-le.") % {"name": name})
    if upload.size > settings.FILE_MAX_BYTES:
        raise FileRefusedError(too_large(name))
    if kept_count >= settings.FILES_MAX_COUNT:
        raise FileRefusedError(
            _("« %(name)s » n’est pas joint : une demande porte au plus %(count)d fichiers à la fois.")
            % {"name": name, "count": settings.FILES_MAX_COUNT}
        )
    if kept_bytes + upload.size > settings.FILES_MAX_BYTES:
        raise FileRefusedError(too_large_together(name))


def too_large(name):
    """Return the sentence for a file over the limit."""
    return _(
        "« %(name)s » dépasse %(size)s. Réduisez-le (photo moins précise, PDF compressé) et renvoyez-le."
    ) % {
        "name": name,
        "size": size_words(settings.FILE_MAX_BYTES),
    }


def too_large_together(name):
    """Return the sentence for a file that is one too many for the limit of all."""
    return _("« %(name)s » n’est pas joint : les fichiers dépassent ensemble %(size)s.") % {
        "name": name,
        "size": size_words(settings.FILES_MAX_BYTES),
    }


def digest(file):
    """Return the SHA-256 of an open file, in hexadecimal; the file is rewound."""
    file.seek(0)
    result = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        result.update(chunk)
    file.seek(0)
    return result.hexdigest()


def clean_name(name):
    """Return a name fit to be shown and downloaded: no path, no invisible character, not too long."""
    last = re.sub(r"\s", " ", re.split(r"[\\/]", str(name or ""))[-1])
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    tidy = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip(" .") or _("sans nom")
    if len(tidy) <= _NAME_MAX:
        return tidy
    suffix = PurePosixPath(tidy).suffix[:10]
    return (tidy[: _NAME_MAX - len(suffix)].rstrip(" .") + suffix).rstrip(" .")
