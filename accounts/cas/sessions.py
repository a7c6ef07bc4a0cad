"""Which session was opened by which ticket, so that CAS can end it."""

from importlib import import_module

from django.conf import settings
from django_cas_ng.models import SessionTicket


def remember_ticket(request, ticket: str) -> None:
    """Note that the session of `request`, just signed in, was opened by `ticket`."""
    SessionTicket.objects.filter(session_key=request.session.session_key).delete()
    SessionTicket.objects.create(session_key=request.session.session_key, ticket=ticket)


def forget_ticket(request) -> None:
    """Note that the session of `request` no longer depends on CAS."""
    SessionTicket.objects.filter(session_key=request.session.session_key).delete()


def end_sessions(tickets: list[str]) -> int:
    """End the sessions opened by `tickets` and no other; return how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    opened = SessionTicket.objects.filter(ticket__in=tickets)
    keys = list(opened.values_list("session_key", flat=True))
    for key in keys:
        store(session_key=key).delete()
    opened.delete()
    return len(keys)
