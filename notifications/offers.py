"""What her own message on an ended request offers her: words alone reopen nothing, a page and a click do."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from teledemande.french_dates import weekday_words
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import Ticket, TicketEvent
from tickets.services.continuing import may_continue


def offer_after(event: TicketEvent) -> dict[str, Any] | None:
    """Return what the requester may do, in `words`, and the `link` of its page, or None.

    After a message of hers on a request that is not handled any more: contest, reopen, or a new request
    linked to this one. The link opens a page that asks; nothing is done by opening it.
    """
    ticket = event.ticket
    if event.kind != "comment" or event.actor_id != ticket.requester_id or ticket.is_open:
        return None
    offered = {move.name for move in moves_open_to(standing_of(ticket.requester, ticket), ticket)}
    if "contest" in offered:
        return {"words": _contest_words(ticket), "link": _page_of(ticket, "contest")}
    if "reopen" in offered:
        return {"words": _reopen_words(), "link": _page_of(ticket, "reopen")}
    if may_continue(ticket, ticket.requester, timezone.now()):
        return {"words": _continue_words(), "link": f"{settings.SITE_URL}{ticket.get_absolute_url()}"}
    return None


def _contest_words(ticket: Ticket) -> str:
    if ticket.approve_by is None:
        return _(
            "Ce message ne rouvre pas votre demande, que le service considère comme traitée. Si sa réponse "
            "ne vous convient pas, contestez la clôture sur cette page :"
        )
    return _(
        "Ce message ne rouvre pas votre demande, que le service considère comme traitée. Si sa réponse ne "
        "vous convient pas, contestez la clôture au plus tard le %(day)s, sur cette page :"
    ) % {"day": weekday_words(ticket.approve_by)}


def _reopen_words() -> str:
    return _(
        "Ce message ne rouvre pas votre demande, qui est terminée. Pour que le service la reprenne, "
        "rouvrez-la sur cette page :"
    )


def _continue_words() -> str:
    return _(
        "Ce message ne rouvre pas votre demande, qui est terminée depuis trop longtemps. Pour la suite, "
        "déposez une nouvelle demande, liée à celle-ci, depuis cette page :"
    )


def _page_of(ticket: Ticket, name: str) -> str:
    page = reverse("tickets:move", args=[ticket.reference, TRANSITIONS[name].slug])
    return f"{settings.SITE_URL}{page}"
