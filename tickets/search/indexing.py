"""Keep the search documents in step: in the transaction of the event, so that what is filed is found."""

from django.db.models import F, Value
from django.db.models.functions import Concat

from tickets.models import SearchDocument


def index_event(event, attachments):
    """Add the words of `event` to what may be found, for its readers only."""
    words = [event.words, *(file.name for file in attachments)]
    if event.kind == "submit":
        words.insert(0, event.ticket.subject)
    text = "\n".join(word for word in words if word)
    if event.sequence == 1:
        SearchDocument.objects.bulk_create(
            SearchDocument(ticket=event.ticket, is_internal=is_internal, text=text)
            for is_internal in (False, True)
        )
    elif text:
        documents = SearchDocument.objects.filter(ticket=event.ticket)
        if event.is_internal:
            documents = documents.filter(is_internal=True)
        documents.update(text=Concat(F("text"), Value("\n" + text)))
