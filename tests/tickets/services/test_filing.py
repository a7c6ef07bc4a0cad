"""A draft becomes a request, its first event and its files, once; or nothing happens."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine

from categories.enums import SilenceRule, StartEvent
from categories.models import Category
from tests.factories import draft_of, file_ticket, jpeg, move, odt, pdf
from tickets.lifecycle.refusals import MissingInputError, MoveRefusedError
from tickets.models import Attachment, Draft, DraftFile, SearchDocument, Ticket, TicketEvent
from tickets.services.drafts import keep_draft
from tickets.services.filing import ThemeClosedError, open_ticket

NOW = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 in Marseille


def everything():
    """Return how many rows filing could have written, and the drafts left."""
    written = (Ticket, TicketEvent, Attachment, SearchDocument)
    return [model.objects.count() for model in written] + [Draft.objects.count(), DraftFile.objects.count()]


@time_machine.travel(NOW, tick=False)
def test_request_is_what_was_typed(lea, transcripts):
    draft = draft_of(lea, transcripts, subject="Relevé de L2", message="Bonjour,\nmerci.")

    ticket = open_ticket(draft.key, requester=lea)

    ticket.refresh_from_db()
    assert (ticket.subject, ticket.requester, ticket.category, ticket.service) == (
        "Relevé de L2",
        lea,
        transcripts,
        transcripts.service,
    )
    assert (ticket.status, ticket.assignee, ticket.outcome, ticket.event_count) == ("submitted", None, "", 1)
    assert (ticket.submitted_at, ticket.updated_at, ticket.closed_at, ticket.ended_at) == (
        NOW,
        NOW,
        None,
        None,
    )
    assert (ticket.year, ticket.reference) == (2027, f"TD-2027-{ticket.pk:06d}")


def test_first_event_tells_the_filing(lea, transcripts):
    draft = draft_of(lea, transcripts, subject="Relevé", message="Bonjour.")

    ticket = open_ticket(draft.key, requester=lea)

    event = TicketEvent.objects.get()
    assert (event.ticket, event.sequence, event.kind, event.actor) == (ticket, 1, "submit", lea)
    assert (event.is_internal, event.words, event.key, event.before) == (False, "Bonjour.", draft.key, {})
    assert event.after == {"status": "submitted", "category": "releve-de-notes", "subject": "Relevé"}


def test_legal_regime_is_that_of_the_day(lea, transcripts):
    ticket = file_ticket(lea, transcripts)
    Category.objects.update(
        silence_rule=SilenceRule.REFUSAL, silence_months=4, start_event=StartEvent.ARE_SENT
    )

    ticket.refresh_from_db()

    assert (ticket.is_sve, ticket.silence_rule, ticket.silence_months, ticket.start_event) == (
        True,
        "acceptance",
        2,
        "reception",
    )


def test_files_become_attachments_and_stay_where_they_are(lea, transcripts, stored):
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf"), jpeg("b.jpg"), odt("c.odt")])
    facts = ("uuid", "content", "name", "size", "content_type", "sha256", "created_at")
    sent, on_disk = list(draft.files.values_list(*facts)), stored()

    ticket = open_ticket(draft.key, requester=lea)

    assert list(ticket.attachments.values_list(*facts)) == sent
    assert set(ticket.attachments.values_list("event", "owner", "is_internal")) == {
        (ticket.events.get().pk, lea.pk, False)
    }
    assert (stored(), Draft.objects.count(), DraftFile.objects.count()) == (on_disk, 0, 0)


def test_replayed_form_files_once(lea, transcripts):
    draft = draft_of(lea, transcripts, files=[pdf()])

    first = open_ticket(draft.key, requester=lea)
    second = open_ticket(draft.key, requester=lea)

    assert (second, everything()) == (first, [1, 1, 1, 2, 0, 0])


def test_back_button_then_submit_again_files_once(lea, transcripts):
    draft = draft_of(lea, transcripts)
    first = open_ticket(draft.key, requester=lea)
    draft_of(lea, transcripts, key=draft.key, message="Bonjour, encore.")

    assert open_ticket(draft.key, requester=lea) == first
    assert list(TicketEvent.objects.values_list("message__text", flat=True)) == ["Bonjour."]


@pytest.mark.parametrize("who", ["marc", "adam"])
def test_draft_of_somebody_else_files_nothing(request, lea, transcripts, who):
    draft = draft_of(lea, transcripts)

    with pytest.raises(Draft.DoesNotExist):
        open_ticket(draft.key, requester=request.getfixturevalue(who))

    assert everything() == [0, 0, 0, 0, 1, 0]


def test_filed_key_of_somebody_else_tells_nothing(lea, marc, transcripts):
    ticket = file_ticket(lea, transcripts)
    key = ticket.events.get().key

    with pytest.raises(Draft.DoesNotExist):
        open_ticket(key, requester=marc)


def test_unknown_key(lea):
    with pytest.raises(Draft.DoesNotExist):
        open_ticket(uuid.uuid4(), requester=lea)


def test_draft_of_a_move_is_not_filed(lea, transcripts):
    ticket = file_ticket(lea, transcripts)
    draft = keep_draft(uuid.uuid4(), owner=lea, values={"message": "a"}, ticket=ticket, move="comment")

    with pytest.raises(Draft.DoesNotExist):
        open_ticket(draft.key, requester=lea)


@pytest.mark.parametrize("owner", ["lea", "marc"])
def test_key_of_an_event_is_not_filed_again(request, lea, transcripts, owner):
    """The key of a move, or of somebody else's request, was put into the form by hand."""
    ticket, owner = file_ticket(lea, transcripts), request.getfixturevalue(owner)
    key = uuid.uuid4()
    move(ticket, "comment", lea, key=key)
    draft_of(owner, transcripts, key=key)

    with pytest.raises(MoveRefusedError):
        open_ticket(key, requester=owner)

    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"is_published": False}, {"is_leaf": False}, {"is_leaf": False, "service": None}],
    ids=["withdrawn", "became-a-branch", "lost-its-service"],
)
def test_theme_that_closed_meanwhile_keeps_the_draft(lea, transcripts, change):
    draft = draft_of(lea, transcripts, files=[pdf()])
    Category.objects.filter(pk=transcripts.pk).update(**change)

    with pytest.raises(ThemeClosedError):
        open_ticket(draft.key, requester=lea)

    assert everything() == [0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "", "message": "Bonjour."},
        {"subject": "Relevé", "message": ""},
        {"subject": " \t", "message": "Bonjour."},
        {"subject": "Relevé", "message": "\n\n"},
    ],
    ids=["no-subject", "no-message", "blank-subject", "blank-message"],
)
def test_request_without_words_is_refused(lea, transcripts, values):
    draft = draft_of(lea, transcripts, **values)

    with pytest.raises(MissingInputError):
        open_ticket(draft.key, requester=lea)

    assert everything() == [0, 0, 0, 0, 1, 0]


def test_failing_listener_undoes_the_filing(lea, transcripts, stored):
    from tickets.signals import ticket_event_recorded

    draft = draft_of(lea, transcripts, files=[pdf()])
    on_disk = stored()

    def fails(**kwargs):
        raise OSError

    ticket_event_recorded.connect(fails)
    try:
        with pytest.raises(OSError):  # noqa: PT011 -- whatever it was
            open_ticket(draft.key, requester=lea)
    finally:
        ticket_event_recorded.disconnect(fails)

    assert (everything(), stored()) == ([0, 0, 0, 0, 1, 1], on_disk)


def test_reference_of_a_year_of_many(lea, transcripts):
    assert Ticket(year=2026, pk=1_234_567).reference == "TD-2026-1234567"


@pytest.mark.parametrize("count", [1, 3])
def test_filing_costs_as_many_queries_with_one_file_or_three(
    lea, claire, transcripts, count, django_assert_num_queries
):
    draft = draft_of(lea, transcripts, files=[pdf(f"{number}.pdf") for number in range(count)])

    # Savepoint and release; the draft held, then read; filed already or not, files, acts of the hour; the
    # request, its answers, event, words, files, documents; handlers, guests, confidential or not, files told,
    # who groups her mails, the mails; the draft and its files gone; mails of the hour; webhooks.
    with django_assert_num_queries(23):
        open_ticket(draft.key, requester=lea)
