"""Whose mails somebody reads, and on whose she acts."""

from django.db.models import Q

from categories.enums import RoleKind
from tickets.models import Ticket


def readable_by(user, kind=RoleKind.OBSERVER):
    """Return the condition of the mails `user` may read: those of requests she reads as staff.

    The mails of accounts belong to administrators.
    """
    condition = Q(ticket__in=Ticket.objects.staffed_by(user, kind).values("pk"))
    return condition | Q(ticket__isnull=True) if user.is_superuser else condition


def actionable_by(user):
    """Return the condition of the mails `user` may send again or stop: those of requests she handles."""
    return readable_by(user, RoleKind.HANDLER)
