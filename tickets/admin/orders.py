"""The orders of the list, and what stands before and after a request in each.

An order is a tuple of names of fields, each preceded by a dash when the greatest comes first; the last one is
unique. Each is read from an index of the table of requests.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

OLDEST_FIRST = ("submitted_at", "pk")
LATEST_FIRST = ("-submitted_at", "-pk")
MOST_URGENT_FIRST = ("-priority", "submitted_at", "pk")
# The end of silence, as the database reckons it; what waits for no date comes last.
SOONEST_FIRST = ("silence_on", "pk")
LAST_EVENT_FIRST = ("-updated_at", "-pk")

ORDERS = {
    "anciennes": (_("plus anciennes d’abord"), OLDEST_FIRST),
    "recentes": (_("plus récentes d’abord"), LATEST_FIRST),
    "priorite": (_("plus prioritaires d’abord"), MOST_URGENT_FIRST),
    "echeance": (_("échéance légale la plus proche d’abord"), SOONEST_FIRST),
    "evenement": (_("dernier événement d’abord"), LAST_EVENT_FIRST),
}


def in_order(tickets, order, *, is_reversed=False):
    """Sort `tickets`; what lacks a value comes last, first when reversed."""
    return tickets.order_by(*(_key(name, is_reversed) for name in order))


def _key(name, is_reversed):
    field = F(name.lstrip("-"))
    if name.startswith("-") != is_reversed:
        return field.desc(nulls_first=True) if name == "silence_on" else field.desc()
    return field.asc(nulls_last=True) if name == "silence_on" else field.asc()


def beside(tickets, order, ticket):
    """Return the keys of the requests just before and just after `ticket` in the list, each or None.

    The place of `ticket` is reckoned from its own values: it need not be in the list any more. Two queries.
    """
    before = in_order(tickets.filter(_beyond(order, ticket, is_reversed=True)), order, is_reversed=True)
    after = in_order(tickets.filter(_beyond(order, ticket)), order)
    return tuple(rows.values_list("pk", flat=True).first() for rows in (before, after))


def _beyond(order, ticket, *, is_reversed=False):
    """Return the condition of what comes after `ticket`: one key after the other, the equal ones aside."""
    beyond, equal = Q(pk__in=[]), Q()
    for name in order:
        field = name.lstrip("-")
        value = getattr(ticket, field)
        beyond |= equal & _past(field, value, name.startswith("-") != is_reversed)
        equal &= _same(field, value)
    first = order[0].lstrip("-")
    # Says nothing more, but in words that let the index be entered at the place of the request.
    return beyond & _from(first, getattr(ticket, first), order[0].startswith("-") != is_reversed)


def _same(field, value):
    return Q(**{field: value}) if value is not None else Q(**{f"{field}__isnull": True})


def _from(field, value, is_descending):
    if value is None:
        return Q() if is_descending else Q(**{f"{field}__isnull": True})
    if is_descending:
        return Q(**{f"{field}__lte": value})
    past = Q(**{f"{field}__gte": value})
    return past | Q(**{f"{field}__isnull": True}) if field == "silence_on" else past


def _past(field, value, is_descending):
    # What has no value is greater than all the rest.
    if value is None:
        return Q(**{f"{field}__isnull": False}) if is_descending else Q(pk__in=[])
    if is_descending:
        return Q(**{f"{field}__lt": value})
    past = Q(**{f"{field}__gt": value})
    return past | Q(**{f"{field}__isnull": True}) if field == "silence_on" else past
