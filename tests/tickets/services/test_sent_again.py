"""A file whose answer was lost is sent again: it is kept once, and not refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import draft_of, pdf, pdf_bytes
from tests.tickets.files.metadata import pictures
from tickets.services.drafts import add_files


def photo():
    return SimpleUploadedFile("photo.jpg", pictures.jpeg(6))


@pytest.mark.parametrize("make", [pdf, photo], ids=["as-it-came", "without-its-metadata"])
def test_file_sent_again_is_kept_once(lea, transcripts, stored, make):
    draft = draft_of(lea, transcripts, files=[make()])

    assert add_files(draft, [make(), make()]) == []
    assert (draft.files.count(), len(stored())) == (1, 1)


def test_last_file_sent_again_is_not_one_too_many(settings, lea, transcripts):
    settings.FILES_MAX_COUNT = 2
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf"), pdf("b.pdf")])

    assert add_files(draft, [pdf("b.pdf")]) == []
    assert len(add_files(draft, [pdf("c.pdf")])) == 1


def test_what_differs_in_anything_is_another_file(lea, transcripts):
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf")])
    other_content = SimpleUploadedFile("a.pdf", pdf_bytes("Autre"))

    add_files(draft, [other_content, pdf("b.pdf")])
    add_files(draft, [pdf("a.pdf")], "identity")

    found = draft.files.values_list("name", "piece")
    assert list(found) == [("a.pdf", ""), ("a.pdf", ""), ("b.pdf", ""), ("a.pdf", "identity")]
