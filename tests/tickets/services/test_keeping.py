"""What is kept of the files people send, and how much of it."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import draft_of, file_ticket, move, move_draft, pdf, pdf_bytes
from tests.tickets.files.metadata import pictures
from tickets.services.drafts import add_files, keep_draft


def photo(body, name="photo.jpg"):
    return SimpleUploadedFile(name, body)


# --- photographs -----------------------------------------------------------------------------------------
def test_photograph_is_stored_without_its_place_and_says_so(lea, transcripts):
    body = pictures.jpeg(6)

    ticket = file_ticket(lea, transcripts, files=[photo(body)])

    file = ticket.attachments.get()
    stored = file.content.open("rb").read()
    assert (file.size, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert file.received_sha256 == hashlib.sha256(body).hexdigest() != file.sha256
    assert Image.open(io.BytesIO(stored)).getexif().get_ifd(pictures.GPS) == {}
    assert file.keeps_metadata is False


def test_file_left_as_it_came_has_one_digest(lea, transcripts):
    ticket = file_ticket(lea, transcripts, files=[pdf()])

    file = ticket.attachments.get()
    assert (file.sha256, file.received_sha256) == (hashlib.sha256(pdf_bytes()).hexdigest(), "")


def test_photograph_that_cannot_be_cleaned_is_kept_and_marked(lea, transcripts):
    body = pictures.jpeg()[:-40]

    ticket = file_ticket(lea, transcripts, files=[photo(body)])

    file = ticket.attachments.get()
    assert (file.content.open("rb").read(), file.received_sha256, file.keeps_metadata) == (body, "", True)


# --- how much a request holds, all its life ----------------------------------------------------------------
SIZE = len(pdf_bytes())
FULL = (
    "« c.pdf » n’est pas joint : les fichiers de cette demande dépasseraient ensemble 2 ko. "
    "Réduisez-le (photo moins précise, PDF compressé) ou n’envoyez que les pages utiles."
)


@pytest.mark.parametrize(
    ("over", "is_kept"), [(0, True), (1, False)], ids=["just-within", "one-byte-too-much"]
)
def test_request_holds_so_much_in_its_whole_life(lea, claire, transcripts, settings, over, is_kept):
    settings.FILES_MAX_BYTES_A_REQUEST = 3 * SIZE - over
    ticket = file_ticket(lea, transcripts, files=[pdf("a.pdf")])
    move(ticket, "take", claire)
    move_draft(ticket, "note", claire, files=[pdf("b.pdf")])
    draft = move_draft(ticket, "comment", lea)

    refusals = add_files(draft, [pdf("c.pdf")])

    said = [words.replace("\u00a0", " ") for words in refusals]
    assert said == ([] if is_kept else [FULL])
    assert draft.files.count() == is_kept


def test_other_requests_do_not_count(lea, claire, transcripts, settings):
    settings.FILES_MAX_BYTES_A_REQUEST = SIZE
    file_ticket(lea, transcripts, files=[pdf("a.pdf")])
    ticket = file_ticket(lea, transcripts)
    draft = move_draft(ticket, "comment", lea, files=[pdf("c.pdf")])

    assert draft.files.count() == 1
    assert draft_of(lea, transcripts, files=[pdf("d.pdf")]).files.count() == 1


def test_visitor_sends_nothing(transcripts):
    draft = keep_draft(
        *["7f1a6c9e-0a55-4f0c-8a2e-6a4c5f1b2d3e"],
        visitor="0b2f8f1e-7f0b-4f4a-9d7f-0b1c2d3e4f5a",
        values={},
        category=transcripts,
    )

    assert len(add_files(draft, [pdf()])) == 1
    assert draft.files.count() == 0
