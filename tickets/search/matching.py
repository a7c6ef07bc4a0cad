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
    WHERE to_tsvector('teledemande_fr', text) @@ {teledemande}
       OR to_tsvector('pg_catalog.french', text) @@ {french}
"""
_KNOWN = {
    "teledemande": "plainto_tsquery('teledemande_fr', %s)",
    "french": "plainto_tsquery('pg_catalog.french', %s)",
}
# In a subquery, what is asked is not known when the plan is made: the indexes are read. Known, a common word
# would have every document read and parsed again, forty times slower.
_UNKNOWN = {name: f"(SELECT {query})" for name, query in _KNOWN.items()}
_SQLITE = "SELECT rowid FROM tickets_searchdocument_fts WHERE tickets_searchdocument_fts MATCH %s"


# Up to this many documents are named one by one: the planner, who cannot tell how many a subquery finds, then
# reads their requests by their keys. More is a common word: the latest requests are tried one after another.
FEW = 5000


def documents_with(words):
    """Return the documents that hold all of `words` (a list of plain words): their keys, or a queryset."""
    found = list(_matching(words, _UNKNOWN).values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else _matching(words, _KNOWN)


def _matching(words, queries):
    if connection.vendor == "postgresql":
        ids = RawSQL(_POSTGRES.format(**queries), [" ".join(words)] * 2)  # noqa: S611 -- placeholders only
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
    found = Q(search_documents__in=documents_with(words))
    shared = Q(search_documents__is_internal=False)
    if not reader.is_staff:
        return visible.filter(found, shared)
    # One document of each request, so that it is found once: the one with the notes where she reads as staff.
    whole = Q(search_documents__is_internal=True)
    # Others are few, and named one by one: the planner cannot weigh « staffed by » asked twice.
    guest_of = list(Ticket.objects.only_guest(reader).values_list("pk", flat=True))
    otherwise = Q(requester=reader) | Q(pk__in=guest_of)
    return visible.filter(found, (shared & otherwise) | (whole & ~otherwise))
