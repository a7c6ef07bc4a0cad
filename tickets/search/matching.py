"""Which search documents hold some words, on each database."""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tickets.models import SearchDocument, Ticket
from tickets.search.words import plain_words

# The configuration and both GIN indexes are made by migrations/0003_search_indexes. French stems need their
# accents (« égarée » and « égaré » share one, « egaree » and « egare » do not), both count.
_POSTGRES = """
    SELECT id FROM tickets_searchdocument
    WHERE to_tsvector('teledemande_fr', text) @@ plainto_tsquery('teledemande_fr', %s)
       OR to_tsvector('pg_catalog.french', text) @@ plainto_tsquery('pg_catalog.french', %s)
"""
_SQLITE = "SELECT rowid FROM tickets_searchdocument_fts WHERE tickets_searchdocument_fts MATCH %s"


def documents_with(words):
    """Return the documents that hold all of `words` (a list of plain words)."""
    if connection.vendor == "postgresql":
        ids = RawSQL(_POSTGRES, [" ".join(words)] * 2)  # noqa: S611 -- placeholders only
    else:
        quoted = " ".join(f'"{word}"*' for word in words)
        ids = RawSQL(_SQLITE, [quoted])  # noqa: S611 -- placeholder only
    return SearchDocument.objects.filter(pk__in=ids)


def tickets_with(text, *, reader):
    """Return the requests `reader` may see whose words hold those of `text`, or whose reference it is.

    Words of internal notes answer only people who may read the notes of that very request. An empty `text`
    finds nothing.
    """
    visible = Ticket.objects.visible_to(reader)
    by_reference = visible.by_reference(text)
    if by_reference.exists():
        return by_reference
    words = plain_words(text)
    if not words:
        return visible.none()
    found = documents_with(words)
    shared = Q(pk__in=found.filter(is_internal=False).values("ticket"))
    staffed = Ticket.objects.staffed_by(reader).values("pk")
    internal = Q(pk__in=found.filter(is_internal=True, ticket__in=staffed).values("ticket"))
    return visible.filter(shared | internal) if reader.is_staff else visible.filter(shared)
