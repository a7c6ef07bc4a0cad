"""From the page of a request to the one before and the one after, in the list it was opened from.

The list is known by its address, which the page and its moves carry: once a request is taken, and thereby out
of « à prendre », the next one to take is still one click away.
"""

from tickets.admin.addresses import list_query, list_url, ticket_url, with_query
from tickets.admin.orders import beside
from tickets.admin.worklist import Asked
from tickets.models import Ticket


def neighbours_of(ticket, user, asked, *, has_shortcuts):
    """Return the addresses of the list, of the request before and of the one after; "" where there is none.

    Without a list in the address, only the way to the whole list: no query.
    """
    query = list_query(asked)
    if not query:
        return {"list_url": list_url(), "previous_url": "", "next_url": "", "has_shortcuts": False}
    wanted = Asked(user, asked)
    before, after = beside(wanted.narrow(Ticket.objects.staffed_by(user)), wanted.order, ticket)
    return {
        "list_url": list_url(query),
        "previous_url": ticket_url(before, query) if before else "",
        "next_url": ticket_url(after, query) if after else "",
        "has_shortcuts": has_shortcuts,
    }


def keep_list(context, asked):
    """Carry the list in the addresses of the moves a page offers."""
    query = list_query(asked)
    context["actions"] = context["actions"].within(query)
    for writing in context["writings"]:
        writing["url"] = with_query(writing["url"], query)
    context["drafts"] = [(label, with_query(url, query)) for label, url in context["drafts"]]
    return context
