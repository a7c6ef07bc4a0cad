"""Contents nobody holds are erased once they are old; those a row points to never are."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from tests.factories import draft_of, file_ticket, pdf
from tickets.models import DraftFile
from tickets.models.file import private_storage
from tickets.services import orphans
from tickets.services.orphans import erase_orphans


@pytest.fixture
def later():
    """Two days from now: what is stored is old enough, previews are not."""
    return timezone.now() + timedelta(days=2)


def test_only_what_no_row_points_to_is_erased(lea, transcripts, stored, later):
    file_ticket(lea, transcripts, files=[pdf("a.pdf")])
    draft_of(lea, transcripts, files=[pdf("b.pdf")])
    kept = stored()
    private_storage().save("ab/cd/perdu", ContentFile(b"perdu"))

    assert (erase_orphans(later), erase_orphans(later)) == (1, 0)
    assert stored() == kept


def test_content_of_a_rolled_back_upload_goes(lea, transcripts, stored, later):
    with transaction.atomic():
        draft_of(lea, transcripts, files=[pdf()])
        transaction.set_rollback(True)
    assert len(stored()) == 1

    assert (erase_orphans(later), stored()) == (1, [])


def test_content_of_a_cascade_goes(lea, transcripts, stored, later):
    draft_of(lea, transcripts, files=[pdf()])
    DraftFile.objects.all().delete()

    assert (erase_orphans(later), stored()) == (1, [])


def test_young_content_is_left_alone(stored):
    private_storage().save("ab/cd/recent", ContentFile(b"a"))

    assert erase_orphans(timezone.now() + timedelta(hours=23)) == 0
    assert len(stored()) == 1


def test_previews_last_a_week(stored):
    private_storage().save("apercus/0123/1.png", ContentFile(b"a"))

    assert erase_orphans(timezone.now() + timedelta(days=6)) == 0
    assert erase_orphans(timezone.now() + timedelta(days=8)) == 1


def test_draft_filed_meanwhile_keeps_its_content(lea, transcripts, stored, later, monkeypatch):
    """Filed between the two questions asked of the database."""
    draft = draft_of(lea, transcripts, files=[pdf()])
    real = DraftFile.objects.filter

    def filed_just_after(**limits):
        found = list(real(**limits).values_list("content", flat=True))
        file_ticket(lea, transcripts, key=draft.key)
        return type("Rows", (), {"values_list": lambda self, *args, **options: found})()

    monkeypatch.setattr(orphans.DraftFile.objects, "filter", filed_just_after)

    assert (erase_orphans(later), len(stored())) == (0, 1)


def test_many_are_asked_for_together(lea, transcripts, later, django_assert_num_queries, monkeypatch):
    for number in range(7):
        private_storage().save(f"ab/{number}/perdu", ContentFile(b"a"))
    monkeypatch.setattr(orphans, "_BATCH", 5)

    with django_assert_num_queries(4):
        assert erase_orphans(later) == 7


def test_nothing_was_ever_stored(db, attachments_dir, later):
    assert not os.path.exists(attachments_dir)

    assert erase_orphans(later) == 0
