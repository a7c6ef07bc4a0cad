"""The other requests of the same person that a reader may see, and those that may be the same one."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse

from categories.enums import RoleKind
from categories.querysets import reached_ids
from tickets.admin.actions import move_url
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Ticket

NUMBER = "numero"  # in addresses: the request this one may be joined to
SHOWN = 6
_READ_AT_MOST = 30
_ALIKE = 0.7  # of SequenceMatcher, on subjects of a dozen words


@dataclass(frozen=True)
class OtherRequest:
    """One of them. `join_url`: where this one is joined to it, when the reader may."""

    ticket: Ticket
    url: str
    is_alike: bool
    join_url: str


def others_of(ticket, user, *, may_join):
    """Return the OtherRequest of the same requester, likely duplicates first: never the whole of her life.

    `may_join`: whether the reader may join `ticket` to another one. One query.
    """
    handled = ExpressionWrapper(
        Q(category_id__in=reached_ids(user, RoleKind.HANDLER)), output_field=BooleanField()
    )
    others = Ticket.objects.staffed_by(user).filter(requester=ticket.requester_id).exclude(pk=ticket.pk)
    latest = others.annotate(is_handled=handled).order_by("-submitted_at", "-pk")[:_READ_AT_MOST]
    rows = [_row(ticket, other, may_join=may_join and other.is_handled) for other in latest]
    return sorted(rows, key=lambda row: not row.is_alike)[:SHOWN]


def _row(ticket, other, *, may_join):
    join_url = f"{move_url(ticket, TRANSITIONS['merge'])}?{NUMBER}={other.reference}"
    return OtherRequest(
        ticket=other,
        url=reverse("admin:tickets_ticket_change", args=[other.pk]),
        is_alike=other.is_open and _are_alike(ticket, other),
        join_url=join_url if may_join and other.is_open else "",
    )


def _are_alike(one, other):
    """Whether two requests of one person may be the same: one theme, or nearly the same subject."""
    if one.category_id == other.category_id:
        return True
    return SequenceMatcher(None, one.subject.casefold(), other.subject.casefold()).ratio() >= _ALIKE
