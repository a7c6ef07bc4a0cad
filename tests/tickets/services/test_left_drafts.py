"""What nobody comes back to goes; what was not announced does not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from tests.factories import draft_of, file_ticket, move_draft, pdf
from tickets.models import Draft
from tickets.services.drafts import add_files, autosave, keep_draft, remove_file
from tickets.services.left_drafts import authors_to_warn, erased_at, forget_stale, mark_warned

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONTH, WARNING = timedelta(days=30), timedelta(days=5)
MOMENT = timedelta(seconds=1)


def left(draft, age, warned=None):
    """Leave `draft` for `age`; its author was told so long ago, if she was."""
    Draft.objects.filter(pk=draft.pk).update(
        updated_at=NOW - age, warned_at=None if warned is None else NOW - warned
    )
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize(
    ("age", "is_told"),
    [(MONTH - WARNING, False), (MONTH - WARNING + MOMENT, True), (3 * MONTH, True)],
    ids=["not-yet", "five-days-before", "workers-slept"],
)
def test_author_is_told_five_days_before_once(lea, transcripts, age, is_told):
    draft = left(draft_of(lea, transcripts), age)

    told = authors_to_warn(NOW)
    first, again = mark_warned(lea.pk, NOW), mark_warned(lea.pk, NOW)

    assert (told, first, again) == (([lea.pk], [draft], []) if is_told else ([], [], []))
    assert Draft.objects.get().warned_at == (NOW if is_told else None)
    assert authors_to_warn(NOW) == []


def test_several_drafts_are_told_together_the_first_to_go_first(lea, marc, transcripts, refunds):
    late, later = left(draft_of(lea, refunds), MONTH), left(draft_of(lea, transcripts), 2 * MONTH)
    left(draft_of(marc, transcripts), MONTH)
    left(draft_of(lea, transcripts), timedelta(days=1))

    assert authors_to_warn(NOW) == sorted([lea.pk, marc.pk])
    assert mark_warned(lea.pk, NOW) == [later, late]
    assert authors_to_warn(NOW) == [marc.pk]


def test_only_drafts_of_requests_of_people_with_an_address_are_announced(lea, marc, transcripts):
    marc.email = ""
    marc.save()
    left(draft_of(marc, transcripts), MONTH)
    left(move_draft(file_ticket(lea, transcripts), "comment", lea), MONTH)
    visitors = keep_draft(uuid4(), visitor=uuid4(), category=transcripts, values={"subject": "Relevé"})
    left(visitors, MONTH)

    assert authors_to_warn(NOW) == []


@pytest.mark.parametrize(
    ("age", "warned", "is_erased"),
    [
        (MONTH, WARNING, False),
        (MONTH + MOMENT, WARNING, True),
        (MONTH + MOMENT, None, False),
        (3 * MONTH, None, False),
        (3 * MONTH, WARNING / 2, False),
        (3 * MONTH, WARNING / 2 + MOMENT, True),
    ],
    ids=["to-the-second", "old", "not-told", "workers-slept", "told-late", "told-long-enough"],
)
def test_draft_goes_after_thirty_days_if_its_author_was_told(lea, transcripts, age, warned, is_erased):
    left(draft_of(lea, transcripts), age, warned)

    assert [forget_stale(NOW), forget_stale(NOW)] == [int(is_erased), 0]
    assert Draft.objects.exists() is not is_erased


def test_stale_draft_goes_with_its_files_and_spares_the_others(
    lea, transcripts, stored, django_capture_on_commit_callbacks
):
    left(draft_of(lea, transcripts, files=[pdf()]), 2 * MONTH, WARNING)
    fresh = left(draft_of(lea, transcripts, files=[pdf()]), timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        forget_stale(NOW)

    assert list(Draft.objects.all()) == [fresh]
    assert [str(path) for path in stored()] == [fresh.files.get().content.path]


def test_drafts_nobody_is_told_of_go_at_their_age(lea, marc, transcripts):
    marc.email = ""
    marc.save()
    left(draft_of(marc, transcripts), MONTH + MOMENT)
    left(move_draft(file_ticket(lea, transcripts), "comment", lea), MONTH + MOMENT)
    left(keep_draft(uuid4(), visitor=uuid4(), category=transcripts, values={}), timedelta(days=2, seconds=1))

    assert forget_stale(NOW) == 3


def test_coming_back_starts_the_month_again(lea, transcripts):
    drafts = [left(draft_of(lea, transcripts), MONTH + MOMENT, WARNING) for _one in range(2)]

    keep_draft(drafts[0].key, owner=lea, category=transcripts, values={"subject": "Je reviens"})
    autosave(drafts[1].key, owner=lea, visitor=None, revision=0, tab=None, values={"subject": "Moi aussi"})

    assert forget_stale(NOW) == 0
    assert list(Draft.objects.values_list("warned_at", flat=True)) == [None, None]


@pytest.mark.parametrize("comes", [True, False], ids=["a-file-comes", "a-file-goes"])
def test_file_alone_starts_the_month_again(lea, transcripts, comes):
    draft = left(draft_of(lea, transcripts, files=[pdf("a.pdf")]), MONTH + MOMENT, WARNING)

    with time_machine.travel(NOW, tick=False):
        if comes:
            assert add_files(draft, [pdf("b.pdf")]) == []
        else:
            remove_file(draft, draft.files.get().uuid)

    draft.refresh_from_db()
    assert (draft.updated_at, draft.warned_at, forget_stale(NOW)) == (NOW, None, 0)


@pytest.mark.parametrize(
    ("age", "warned", "expected"),
    [
        (timedelta(days=1), None, NOW + timedelta(days=29)),
        (timedelta(days=26), timedelta(days=1), NOW + timedelta(days=4)),
        (timedelta(days=90), timedelta(0), NOW + WARNING / 2),
    ],
    ids=["fresh", "told", "told-late"],
)
def test_day_announced_is_the_day_it_goes(lea, transcripts, age, warned, expected):
    draft = left(draft_of(lea, transcripts), age, warned)

    assert erased_at(draft) == expected
