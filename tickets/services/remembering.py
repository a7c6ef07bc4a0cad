"""What lists and figures would ask of each history, kept beside the request."""

from datetime import datetime
from typing import Final

from tickets.lifecycle.transitions import REACTIONS, SILENT
from tickets.models import Ticket, TicketEvent

_KEPT: Final = ("last_speaker", "reacted_at")


def remember(ticket: Ticket, event: TicketEvent) -> None:
    """Keep what `event` makes true of the locked `ticket`: who spoke last, when staff first reacted.

    One more query, and only when one of them changes.
    """
    speaker, reacted_at = ticket.last_speaker_id, ticket.reacted_at
    if not event.is_internal and event.kind not in SILENT:
        speaker = event.actor_id
    if event.kind in REACTIONS and event.actor_id not in (None, ticket.requester_id):
        reacted_at = reacted_at or event.at
    _write(ticket, speaker, reacted_at)


def forget_answer(ticket: Ticket) -> None:
    """Keep of the locked `ticket` what was true before an answer just taken back."""
    events = ticket.events.not_taken_back()
    said = events.filter(is_internal=False).exclude(kind__in=SILENT).order_by("-sequence")
    reactions = events.filter(kind__in=REACTIONS, actor__isnull=False).exclude(actor=ticket.requester_id)
    _write(
        ticket,
        said.values_list("actor_id", flat=True).first(),
        reactions.order_by("sequence").values_list("at", flat=True).first(),
    )


def _write(ticket: Ticket, speaker_pk: int | None, reacted_at: datetime | None) -> None:
    if (ticket.last_speaker_id, ticket.reacted_at) != (speaker_pk, reacted_at):
        ticket.last_speaker_id, ticket.reacted_at = speaker_pk, reacted_at
        ticket.save(update_fields=_KEPT)
