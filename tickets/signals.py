"""The one signal of the house: a change was written. `tickets` knows none of its listeners.

Sent with `send`, inside the transaction of the change: a listener that fails undoes the change.
Arguments: `event` (TicketEvent, its ticket and message loaded); `is_last`, False when another event of the
same click follows.
"""

from django.dispatch import Signal

ticket_event_recorded = Signal()
