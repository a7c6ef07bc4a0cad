"""Listen to what happens to requests."""

from django.dispatch import receiver

from notifications.telling import tell, untell
from notifications.webhooks.writing import cancel_calls, write_calls
from tickets.lifecycle.transitions import TAKE_BACK
from tickets.signals import ticket_event_recorded


@receiver(ticket_event_recorded, dispatch_uid="notifications.tell")
def on_ticket_event(sender, event, is_last=True, **kwargs):
    """Write the mails and the calls of the event, in its transaction: without them the change is not made.

    An answer taken back loses its own in the same way.
    """
    if event.kind == TAKE_BACK:
        untell(event)
        cancel_calls(event)
    tell(event, is_last=is_last)
    write_calls(event)
