"""Keep the search documents in step: in the transaction of the event, so that what is filed is found."""

from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from categories.questionnaire.versions import form_of
from categories.questionnaire.words import searchable_words
from tickets.models import SearchDocument
from tickets.search.words import all_words

# PostgreSQL refuses a document whose words pass one megabyte; one character makes four bytes at most.
MAX_LENGTH = 250_000


def index_event(event, attachments):
    """Add the words of `event` to what may be found, for its readers only."""
    text = _text_of(event, attachments)
    if event.sequence == 1:
        SearchDocument.objects.bulk_create(
            SearchDocument(ticket=event.ticket, is_internal=is_internal, text=text)
            for is_internal in (False, True)
        )
    elif text:
        documents = SearchDocument.objects.filter(ticket=event.ticket)
        if event.is_internal or event.leaves_at:  # what waits to leave: see index_released
            documents = documents.filter(is_internal=True)
        _append(documents, text)


def index_released(event, attachments):
    """Add the words of `event`, an answer that has just left, to what the requester finds."""
    words = [event.words, *(file.name for file in attachments)]
    text = " ".join(all_words("\n".join(words)))[:MAX_LENGTH]
    if text:
        _append(SearchDocument.objects.filter(ticket=event.ticket_id, is_internal=False), text)


def _append(documents, text):
    documents.update(text=Left(Concat(F("text"), Value(" " + text)), MAX_LENGTH))


def index_again(ticket):
    """Make what may be found of `ticket` again, from all its events: something of them was erased."""
    texts = {False: [], True: []}
    for event in ticket.events.with_content():
        event.ticket = ticket
        text = _text_of(event, event.attachments.all())
        for is_internal in (True,) if event.is_internal else (False, True):
            texts[is_internal].append(text)
    for is_internal, several in texts.items():
        document = SearchDocument.objects.filter(ticket=ticket, is_internal=is_internal)
        document.update(text=" ".join(filter(None, several))[:MAX_LENGTH])


def _text_of(event, attachments):
    words = [event.words, *(file.name for file in attachments)]
    if event.kind == "submit":
        words = [event.ticket.subject, *words, *_answers_of(event.ticket)]
    return " ".join(all_words("\n".join(words)))[:MAX_LENGTH]


def _answers_of(ticket):
    return searchable_words(form_of(ticket.form_version), ticket.answers.values)
