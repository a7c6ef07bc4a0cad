"""Pages that say where to go for what the service does not handle: loaded once, then kept by the staff."""

from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from categories.markdown import remarks
from categories.models import Signpost

SHIPPED = Path(__file__).resolve().parent / "data" / "signposts.yaml"


def load_shipped(dry_run=False):
    """Create the shipped signposts that do not exist; return the list of slugs created.

    With `dry_run`, write nothing and return those that would be. What exists is left as staff made it.
    """
    return load_signposts(SHIPPED.read_text(encoding="utf-8"), dry_run=dry_run)


def load_signposts(document, *, dry_run=False):
    """Create the signposts of the YAML `document` that do not exist; return the list of their slugs.

    Raises ValueError, with a French sentence, for whatever is wrong in it: nothing is written then.
    """
    try:
        signposts = [_read(entry, rank) for rank, entry in enumerate(yaml.safe_load(document)["signposts"])]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        message = f"Ce document n’est pas une liste de démarches à faire ailleurs : {error}."
        raise ValueError(message) from error
    with transaction.atomic():
        known = set(Signpost.objects.values_list("slug", flat=True))
        missing = [signpost for signpost in signposts if signpost.slug not in known]
        for signpost in missing if not dry_run else ():
            _save_shipped(signpost)
    return [signpost.slug for signpost in missing]


def _save_shipped(signpost):
    try:
        save_signpost(signpost)
    except ValidationError as error:
        message = f"La démarche « {signpost.slug} » n’est pas complète : {' '.join(error.messages)}"
        raise ValueError(message) from error


def _read(entry, rank):
    return Signpost(
        slug=entry["slug"],
        title=entry["title"],
        body=entry["body"],
        url=entry.get("url", ""),
        url_label=entry.get("url_label", ""),
        synonyms="\n".join(entry.get("synonyms", ())),
        position=rank,
    )


@transaction.atomic
def save_signpost(signpost):
    """Check the whole of `signpost` and write it, dated now; return it.

    Raises ValidationError, at the fields to change: its text is read over as that of a question is.
    """
    signpost.full_clean()
    check_signpost(signpost)
    signpost.updated_at = timezone.now()
    signpost.save()
    return signpost


def check_signpost(signpost):
    """Refuse a text that would keep somebody from reading it (headings, links). Raises ValidationError."""
    wrong = [str(remark) for remark in remarks(signpost.body) if remark.is_error]
    if wrong:
        raise ValidationError({"body": wrong})
