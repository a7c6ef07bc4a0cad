"""Model documents: blank forms and examples a requester downloads, fills in and joins."""

from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext as _

from categories.models import FormVersion, ModelDocument
from teledemande.text import visible_text

MAX_BYTES = 10_000_000
NAME_MAX = 120
PDF = "application/pdf"


class ModelDocumentRefusedError(Exception):
    """The document did not come in, or stays; the message is the sentence shown."""


def model_choices(category_id):
    """Return the model documents of a theme, as (identifier, name) pairs, by name."""
    documents = ModelDocument.objects.filter(category=category_id).order_by("name", "pk")
    return [(str(uuid), name) for uuid, name in documents.values_list("uuid", "name")]


def file_name(document):
    """Return the name a download bears: that of the document, with the extension of its kind."""
    return f"{document.name}.pdf".replace("/", "-").replace("\\", "-")


@transaction.atomic
def add_model_document(category, upload, name=""):
    """Keep `upload` as a model of `category`, under `name` (its own name unless given); return it.

    Raises ModelDocumentRefusedError.
    """
    content_type = _checked(upload)
    shown = " ".join(visible_text(name).split()) or PurePosixPath(visible_text(upload.name)).stem
    return ModelDocument.objects.create(
        category=category,
        name=shown[:NAME_MAX],
        content=upload,
        size=upload.size,
        content_type=content_type,
    )


@transaction.atomic
def remove_model_document(document):
    """Erase a model no version of a form offers: an old request still shows what was offered to it.

    Raises ModelDocumentRefusedError.
    """
    versions = FormVersion.objects.filter(category=document.category_id)
    used = [
        one.number
        for one in versions
        if any(piece.get("model") == str(document.uuid) for piece in one.definition.get("pieces", ()))
    ]
    if used:
        raise ModelDocumentRefusedError(_("Ce modèle est proposé par une version du formulaire : il reste."))
    document.delete()
    content = document.content
    transaction.on_commit(lambda: content.storage.delete(content.name))


def _checked(upload):
    if not upload.size:
        raise ModelDocumentRefusedError(_("Ce fichier est vide : vérifiez-le et renvoyez-le."))
    if upload.size > MAX_BYTES:
        raise ModelDocumentRefusedError(_("Ce fichier dépasse 10 Mo : réduisez-le."))
    upload.seek(0)
    head = upload.read(1024)
    upload.seek(0)
    if not head.startswith(b"%PDF-"):
        raise ModelDocumentRefusedError(
            _("Ce fichier n’est pas un PDF : enregistrez-le en PDF et renvoyez-le.")
        )
    return PDF
