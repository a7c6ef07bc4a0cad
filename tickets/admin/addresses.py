"""What stands in the address of a list: kept from page to page, and under the name of a view."""

from django.http import QueryDict
from django.urls import reverse

# In this order, so that the same list always has the same address. The number of a page is not kept.
KEPT = ("vue", "q", "etat", "theme", "charge", "depuis", "jusque", "tri")
_LONGEST = 200


def list_query(asked):
    """Return, from a QueryDict, the part of an address that says which list is read; "" for none."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        value = asked.get(name, "")
        if value and len(value) <= _LONGEST and "\0" not in value:
            kept[name] = value
    return kept.urlencode()


def with_query(address, query):
    """Return `address` with `query` (already encoded) in it."""
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{query}"


def list_url(query=""):
    """Return the address of the list of that `query`."""
    return with_query(reverse("admin:tickets_ticket_changelist"), query)


def ticket_url(pk, query=""):
    """Return the address of the page of one request, read from the list of that `query`."""
    return with_query(reverse("admin:tickets_ticket_change", args=[pk]), query)


def ticket_urls(query=""):
    """Return a function that gives what `ticket_url` does: a list asks it of each of its lines."""
    before, _zero, after = ticket_url(0, query).partition("/0/")
    return lambda pk: f"{before}/{pk}/{after}"
