"""What is kept of a file that was accepted: the file itself, or the photograph without its metadata."""

from django.core.files.base import ContentFile

from tickets.files.checking import digest
from tickets.files.metadata import without_metadata


def as_kept(upload, facts):
    """Return the content to store and the facts of it, from an upload and its facts (see check_file).

    `sha256` is that of what is stored; `received_sha256` that of what was received, when they differ.
    """
    cleaned = without_metadata(upload, facts["content_type"])
    if cleaned.content is None:
        return upload, facts | {"keeps_metadata": cleaned.keeps_metadata}
    content = ContentFile(cleaned.content)
    return content, facts | {
        "size": content.size,
        "sha256": digest(content),
        "received_sha256": facts["sha256"],
    }
