"""Load the questions shipped with the service: what is missing is created, what exists is left as it is."""

from pathlib import Path

import yaml
from django.db import transaction

from categories.enums import FaqAudience
from categories.faq.services import save_entry
from categories.models import Category, FaqEntry

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "faq.yaml"


def load_shipped(*, dry_run=False):
    """Create the shipped questions that do not exist; return their slugs, in the order of the file.

    Staff may have changed or unpublished the others. Themes this service does not have are left out; a
    question whose readers are those of such themes waits for them. With `dry_run`, nothing is written.
    """
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    with transaction.atomic():
        created = _Loading().load(document["entries"])
        if dry_run:
            transaction.set_rollback(True)
    return created


class _Loading:
    def __init__(self):
        self.themes = {theme.slug: theme for theme in Category.objects.all()}
        self.entries = {entry.slug: entry for entry in FaqEntry.objects.all()}
        self.created = []

    def load(self, rows, parent=None):
        for position, row in enumerate(rows):
            entry = self.entries.get(row["slug"]) or self._create(row, parent, position)
            if entry is not None:
                self.load(row.get("entries", []), entry)
        return self.created

    def _create(self, row, parent, position):
        themes = [self.themes[slug] for slug in row.get("themes", []) if slug in self.themes]
        entry = _entry(row, parent, position)
        if _waits(entry, themes) or (parent is not None and parent.body):
            return None
        self.created.append(entry.slug)
        # A link may lead to a theme that this service does not publish: the reader is told kindly there.
        return save_entry(entry, themes=themes, follows_links=False)


def _waits(entry, themes):
    return entry.audience in (FaqAudience.THEME_USERS, FaqAudience.HANDLERS) and not themes


def _entry(row, parent, position):
    return FaqEntry(
        slug=row["slug"],
        title=row["title"],
        body=row.get("body", "").strip(),
        audience=row.get("audience", FaqAudience.EVERYBODY),
        synonyms="\n".join(row.get("synonyms", [])),
        parent=parent,
        position=position,
    )
