"""Write many requests at once: one transaction a batch, one statement a table."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import OutgoingEmail
from teledemande.corpus.hours import filing_instants
from teledemande.corpus.people import People, draw_requester, long_ago
from teledemande.corpus.plots import draw_plot
from teledemande.corpus.prose import Prose
from teledemande.corpus.rows import Rows, Story
from teledemande.corpus.telling import cast_of, tell
from teledemande.corpus.themes import Theme, anchors, popularity, read_themes
from teledemande.paris import PARIS
from tickets.lifecycle.enums import Status
from tickets.models import Attachment, SearchDocument, Ticket, TicketAnswers, TicketEvent, TicketMessage

BATCH = 1000
_ROWS_A_STATEMENT = 500


def write_corpus(count: int, *, seed: int, until: datetime, tell_progress: Callable[[int], None]) -> None:
    """Write `count` requests of the two years before `until`, the same ones for the same `seed`.

    `tell_progress` is called after each batch with how many are written. A batch is written whole or not at
    all; one that fails leaves those before it.
    """
    start = Ticket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rng = Random(f"{seed}/{start}")  # noqa: S311 -- the same requests for the same seed, no secret
    with transaction.atomic():
        requesters, themes = _stage(rng, count, until)
    stories = _stories(rng, range(start, start + count), until, requesters, themes)
    written = 0
    while batch := list(islice(stories, BATCH)):
        _write(batch)
        written += len(batch)
        tell_progress(written)


def _stage(rng: Random, count: int, until: datetime) -> tuple[list[User], list[Theme]]:
    people, places = People(rng, since=long_ago(until)), anchors()
    return people.requesters(count), read_themes(people.teams(places), places)


def _stories(
    rng: Random, numbers: range, until: datetime, requesters: list[User], themes: list[Theme]
) -> Iterator[Story]:
    weights = popularity(rng, themes)
    last_day = until.astimezone(PARIS).date()
    instants = filing_instants(rng, len(numbers), until=last_day)
    for number, filed_at in zip(numbers, instants, strict=True):
        theme = rng.choices(themes, weights)[0]
        yield _story(rng, number, filed_at, until, theme, draw_requester(rng, requesters))


def _story(
    rng: Random, number: int, filed_at: datetime, until: datetime, theme: Theme, requester: User
) -> Story:
    # The number is in the words of this request alone: a rare word to search for.
    prose = Prose(rng, theme.category.name, f"D{10_000_000 + number}", filed_at.date())
    subject = prose.subject()
    filed = {"status": str(Status.SUBMITTED), "category": theme.category.slug, "subject": subject}
    steps = draw_plot(rng, filed_at, until=until)
    tale = tell(steps, cast_of(rng, requester, theme), filed=filed, rng=rng)
    return Story(rng, theme, prose, tale, subject, prose.message())


@transaction.atomic
def _write(stories: list[Story]) -> None:
    Ticket.objects.bulk_create([story.ticket for story in stories], batch_size=_ROWS_A_STATEMENT)
    rows = Rows()
    for story in stories:
        rows.add(story)
    tables: list[tuple[Any, list[Any]]] = [
        (TicketAnswers.objects, rows.answers),
        (TicketEvent.objects, rows.events),
        (TicketMessage.objects, rows.messages),
        (Attachment.objects, rows.files),
        (SearchDocument.objects, rows.documents),
        (OutgoingEmail.objects, rows.mails),
    ]
    for table, several in tables:
        table.bulk_create(several, batch_size=_ROWS_A_STATEMENT)


def today_at_midnight() -> datetime:
    """Return the last midnight of Paris: nothing of the corpus is later."""
    day = timezone.localdate(timezone=PARIS)
    return datetime.combine(day, time.min, tzinfo=PARIS)
