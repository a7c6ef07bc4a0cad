"""What a piece takes, what a visitor may leave, and what is filed when the files changed meanwhile."""

import uuid

import pytest
from django.urls import reverse

from categories.models import FormVersion
from categories.questionnaire.definition import Definition, Piece, write_definition
from tests import factories
from tests.pages import key_of, words_of
from tickets.models import Draft, Ticket
from tickets.services.content import Content
from tickets.services.drafts import add_files, remove_file
from tickets.services.filing import DraftChangedError, open_ticket


def test_piece_takes_only_the_types_its_form_accepts(lea, refunds):
    definition = Definition(pieces=(Piece("rib", "RIB", accepted=("pdf",)),))
    version = FormVersion.objects.create(category=refunds, number=1, definition=write_definition(definition))
    draft = factories.draft_of(lea, refunds)
    draft.form_version = version
    draft.save()

    refusals = add_files(draft, [factories.jpeg("rib.jpg"), factories.pdf("rib.PDF")], "rib")
    elsewhere = add_files(draft, [factories.jpeg("photo.jpg")])

    assert len(refusals) == 1
    assert "envoyez un fichier PDF" in refusals[0]
    assert elsewhere == []
    assert sorted(draft.files.values_list("name", "piece")) == [("photo.jpg", ""), ("rib.PDF", "rib")]


def test_first_file_of_each_piece_has_its_place_however_many_there_are(settings, lea, refunds):
    settings.FILES_MAX_COUNT = 2
    definition = Definition(pieces=tuple(Piece(f"p{rank}", f"Pièce {rank}") for rank in range(4)))
    version = FormVersion.objects.create(category=refunds, number=1, definition=write_definition(definition))
    draft = factories.draft_of(lea, refunds)
    draft.form_version = version
    draft.save()

    sent = enumerate(["p0", "p0", "p1", "p2", "p3", "p3", "", "other"])
    refused = [len(add_files(draft, [factories.pdf(f"{rank}.pdf")], piece)) for rank, piece in sent]

    assert refused == [0, 0, 0, 0, 0, 1, 1, 1]
    assert list(draft.files.values_list("piece", flat=True)) == ["p0", "p0", "p1", "p2", "p3"]


def test_files_that_changed_since_they_were_read_are_not_filed(lea, transcripts):
    draft = factories.draft_of(lea, transcripts, files=[factories.pdf()])
    file = draft.files.get()
    content = Content("Relevé", "Bonjour.", files=frozenset({file.uuid}))
    remove_file(draft, file.uuid)

    with pytest.raises(DraftChangedError):
        open_ticket(draft.key, requester=lea, content=content)

    assert (Ticket.objects.count(), Draft.objects.count()) == (0, 1)


@pytest.mark.parametrize("page", ["autosave", "upload"])
@pytest.mark.parametrize("key", ["", "forgée", str(uuid.UUID(int=1))])
def test_script_without_a_key_of_ours_stores_nothing_and_begins_no_session(client, transcripts, page, key):
    answer = client.post(reverse(f"tickets:{page}", args=[transcripts.slug]), {"key": key, "subject": "x"})

    assert answer.status_code == 403
    assert not Draft.objects.exists()
    assert not client.session.items()


def test_visitor_leaves_no_novel(client, transcripts, settings):
    settings.VISITOR_DRAFT_MAX_LENGTH = 1000
    address = reverse("tickets:write", args=[transcripts.slug])
    form = {"key": key_of(client.get(address)), "subject": "Relevé", "message": "m" * 1000}

    saved = client.post(reverse("tickets:autosave", args=[transcripts.slug]), form)
    written = client.post(address, form)

    assert (saved.status_code, written.status_code) == (413, 200)
    assert "trop long pour être gardé" in words_of(written)
    assert "m" * 1000 in written.content.decode()
    assert not Draft.objects.exists()
