"""What the mails of one event tell, read once for all the people told."""

from functools import cached_property
from typing import Final

from django.db.models import Q

from notifications.wordings.texts import nearest, read_theme, values_on, words_of
from notifications.wordings.zones import told_with
from tickets.models import Attachment
from tickets.querysets import has_left
from tickets.shown_status import as_outsiders_see
from tickets.timeline import shared_words

# A long history stays on the page: a mail of several megabytes arrives nowhere.
EXCHANGES_AT_MOST: Final = 20


class Story:
    """An event just recorded and what its mails may need: nothing is read that no mail tells.

    It lives as long as the telling, inside the transaction of the event.
    """

    def __init__(self, event):
        self.event, self.ticket = event, event.ticket

    @cached_property
    def ticket_outside(self):
        """The request as its requester may know it: see tickets.shown_status."""
        return as_outsiders_see(self.event)

    @cached_property
    def _theme(self):
        return read_theme(self.ticket.category_id, told_with(self.event.kind))

    @property
    def is_confidential(self):
        """Whether the theme of the request is confidential."""
        return self._theme[0]

    @cached_property
    def _wordings(self):
        """The words those who manage the theme wrote, by message; no query when they wrote none."""
        has_some = not self._theme[0] and self._theme[1]
        return nearest(self.ticket.category_id, told_with(self.event.kind)) if has_some else {}

    def edited(self, message, language, *, for_staff):
        """Return the words, by zone, that replace or complete ours in `message`; none for most."""
        wording = self._wordings.get(message)
        if wording is None:
            return {}
        ticket = self.ticket if for_staff else self.ticket_outside
        return words_of(wording.texts, message, language, values_on(ticket, self.event, message, language))

    @cached_property
    def lacks_items(self):
        """Whether items a text requires are expected of the requester."""
        may_lack = self.event.sequence > 1 and self.ticket.is_open
        return may_lack and self.ticket.required_items.due().exists()

    @cached_property
    def asked_at(self):
        """When the question this event reminds of was asked, or None."""
        if self.event.kind != "remind_answer":
            return None
        asked = self.ticket.events.questions().order_by("-sequence")
        return asked.values_list("at", flat=True).first()

    @cached_property
    def exchanges(self):
        """The latest shared events with words before this one, newest first: one more than are told."""
        if self.event.sequence == 1:
            return []
        return shared_words(self.ticket, before=self.event.sequence, at_most=EXCHANGES_AT_MOST + 1)

    @cached_property
    def _files(self):
        # The event is told before it leaves; other answers on their way are not told of yet.
        told = has_left("event__") | Q(event=self.event)
        files = Attachment.objects.filter(told, ticket=self.ticket).select_related("event")
        return list(files.order_by("event__sequence", "pk"))

    @property
    def shared_files(self):
        """All the files of the request its readers share and nobody withdrew, in the order they came."""
        return [one for one in self._files if not one.event.is_internal and one.withdrawn_at is None]

    @property
    def news_files(self):
        """The files that came with the event."""
        return [file for file in self._files if file.event_id == self.event.pk]
