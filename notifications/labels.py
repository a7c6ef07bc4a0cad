"""What each message is called where mails are listed."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from notifications import rules
from notifications.account_mails import ACCOUNT_LABELS
from notifications.digests.writing import DIGEST_LABELS
from notifications.draft_mails import DRAFT_LABELS
from notifications.flood_mails import FLOOD_LABELS
from notifications.grouping import GROUP_LABELS
from notifications.inbound.polite import INBOUND_LABELS
from notifications.webhooks.failing import WEBHOOK_LABELS
from tickets.lifecycle.transitions import past_label

# Messages about requests that tell several events; the others are called by the event they tell.
_SHARED: Final[dict[str, Any]] = {
    rules.STAFF_NEWS: _("nouvelle pour l’équipe"),
    "mentioned": _("personne citée par un collègue"),
    rules.ANNOUNCEMENT: _("annonce à la boîte du service"),
    rules.CONFIDENTIAL: _("demande confidentielle, au demandeur"),
    rules.STAFF_CONFIDENTIAL: _("demande confidentielle, à l’équipe"),
    rules.GUEST_CONFIDENTIAL: _("demande confidentielle, à une personne invitée"),
    rules.GUEST_NEWS: _("nouvelle pour une personne invitée"),
    rules.GUEST_REMOVED: _("personne qui n’est plus invitée"),
    rules.FORMER_REQUESTER: _("ancien demandeur"),
}
# Those of no request.
OTHERS: Final[dict[str, Any]] = {
    **ACCOUNT_LABELS,
    **DRAFT_LABELS,
    **DIGEST_LABELS,
    **FLOOD_LABELS,
    **INBOUND_LABELS,
    **WEBHOOK_LABELS,
}


def labels() -> dict[str, Any]:
    """Return what each message is called, those of requests first."""
    told = {rule.message: past_label(kind) for kind, lines in rules.RULES.items() for rule in lines}
    return told | _SHARED | GROUP_LABELS | OTHERS
