"""What is typed and sent is kept, for its owner only, and goes without a trace when it goes."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.factories import draft_of, file_ticket, jpeg, pdf
from tickets.models import Draft, DraftFile
from tickets.services.drafts import add_files, discard_draft, fork_draft, keep_draft, remove_file
from tickets.services.filing import open_ticket


def names(draft):
    return list(draft.files.values_list("name", flat=True))


def test_draft_of_a_request_keeps_what_was_typed_last(lea, transcripts, refunds):
    key = uuid.uuid4()

    keep_draft(key, owner=lea, values={"subject": "Relevé", "message": "Bon"}, category=transcripts)
    keep_draft(key, owner=lea, values={"message": "Bonjour."}, category=refunds)

    draft = Draft.objects.get()
    assert (draft.key, draft.owner, draft.category) == (key, lea, refunds)
    assert draft.values == {"message": "Bonjour."}


def test_draft_of_a_move(lea, transcripts):
    ticket = file_ticket(lea, transcripts)

    draft = keep_draft(uuid.uuid4(), owner=lea, values={"message": "Non."}, ticket=ticket, move="contest")

    assert (draft.ticket, draft.move, draft.category) == (ticket, "contest", None)


@pytest.mark.parametrize("changed", ["owner", "ticket", "move"])
def test_key_of_another_form_writes_nothing(lea, marc, transcripts, changed):
    ticket, other = file_ticket(lea, transcripts), file_ticket(lea, transcripts)
    form = {"owner": lea, "ticket": ticket, "move": "comment"}
    draft = keep_draft(uuid.uuid4(), values={"message": "à moi"}, **form)
    forged = (
        form | {"owner": {"owner": marc}, "ticket": {"ticket": other}, "move": {"move": "contest"}}[changed]
    )

    with pytest.raises(Draft.DoesNotExist):
        keep_draft(draft.key, values={"message": "volé"}, **forged)

    assert list(Draft.objects.values_list("owner", "values")) == [(lea.pk, {"message": "à moi"})]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"category": True, "ticket": True, "move": "comment"},
        {"ticket": True},
        {"category": True, "move": "x"},
    ],
    ids=["of-nothing", "of-both", "of-no-move", "of-a-theme-and-a-move"],
)
def test_database_wants_a_draft_of_one_thing(lea, transcripts, fields):
    things = {"category": transcripts, "ticket": file_ticket(lea, transcripts)}
    fields = {name: things[name] if value is True else value for name, value in fields.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        keep_draft(uuid.uuid4(), owner=lea, values={}, **fields)


def test_files_are_kept_in_order_under_random_names(lea, transcripts, attachments_dir, stored):
    draft = draft_of(lea, transcripts, files=[pdf("b.pdf"), jpeg("a.jpg")])

    assert list(draft.files.values_list("name", "content_type")) == [
        ("b.pdf", "application/pdf"),
        ("a.jpg", "image/jpeg"),
    ]
    assert sorted(str(attachments_dir / f.content.name) for f in draft.files.all()) == [
        str(p) for p in stored()
    ]
    assert [path.suffix for path in stored()] == ["", ""]
    assert [oct(path.stat().st_mode)[-3:] for path in stored()] == ["600", "600"]


def test_file_refused_does_not_take_the_others_with_it(lea, transcripts, stored):
    draft = draft_of(lea, transcripts)

    refusals = add_files(draft, [pdf("a.pdf"), SimpleUploadedFile("virus.exe", b"MZ\x90\x00"), jpeg("c.jpg")])

    assert refusals == ["« virus.exe » n’est pas d’un type accepté. Envoyez un PDF, une photo ou un texte."]
    assert (names(draft), len(stored())) == (["a.pdf", "c.jpg"], 2)


def test_files_over_the_count_are_refused(lea, transcripts, settings):
    settings.FILES_MAX_COUNT = 2
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf")])

    refusals = add_files(draft, [pdf("b.pdf"), pdf("c.pdf"), pdf("d.pdf")])

    assert [refusal.partition(" n’est")[0] for refusal in refusals] == [
        "« c.pdf »",
        "« d.pdf »",
    ]
    assert names(draft) == ["a.pdf", "b.pdf"]


def test_files_over_the_total_size_are_refused(lea, transcripts, settings):
    one = pdf()
    settings.FILES_MAX_BYTES = one.size * 2
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf")])

    refusals = add_files(draft, [pdf("b.pdf"), jpeg("c.jpg")])

    assert names(draft) == ["a.pdf", "b.pdf"]
    assert [refusal.partition(" n’est")[0] for refusal in refusals] == ["« c.jpg »"]
    assert names(draft) == ["a.pdf", "b.pdf"]


def test_removed_file_is_gone_from_disk(lea, transcripts, stored, django_capture_on_commit_callbacks):
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf"), pdf("b.pdf")])
    first, second = draft.files.all()

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(draft, first.uuid)
        remove_file(draft, first.uuid)  # a double click is no error
        remove_file(draft, uuid.uuid4())

    assert (names(draft), [str(path) for path in stored()]) == (["b.pdf"], [second.content.path])


def test_file_of_another_draft_is_not_removed(
    lea, marc, transcripts, stored, django_capture_on_commit_callbacks
):
    mine = draft_of(lea, transcripts, files=[pdf()])
    hers = draft_of(marc, transcripts, files=[pdf()])

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(hers, mine.files.get().uuid)

    assert (mine.files.count(), hers.files.count(), len(stored())) == (1, 1, 2)


def test_rolled_back_removal_keeps_row_and_content(lea, transcripts, stored):
    draft = draft_of(lea, transcripts, files=[pdf()])

    savepoint = transaction.savepoint()
    discard_draft(draft)
    transaction.savepoint_rollback(savepoint)

    file = DraftFile.objects.get()
    assert [str(path) for path in stored()] == [file.content.path]


def test_what_other_tabs_wrote_apart_counts_among_the_drafts(lea, transcripts, settings, stored):
    settings.DRAFTS_MAX_COUNT = 2
    draft = draft_of(lea, transcripts, files=[pdf()])

    twins = [fork_draft(draft, {"message": f"onglet {number}"}, uuid.uuid4()) for number in range(2)]

    assert set(Draft.objects.all()) == set(twins)
    assert DraftFile.objects.count() == 2


def test_draft_filed_meanwhile_takes_no_file(lea, transcripts, stored):
    draft = draft_of(lea, transcripts)
    open_ticket(draft.key, requester=lea)

    refusals = add_files(draft, [pdf("a.pdf")])

    assert refusals == ["« a.pdf » n’est pas joint : ce formulaire a déjà été envoyé."]
    assert (DraftFile.objects.count(), stored()) == (0, [])


def test_a_disk_that_fails_after_the_commit_is_logged_and_disturbs_nobody(
    lea, transcripts, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    draft = draft_of(lea, transcripts, files=[pdf()])
    storage = draft.files.get().content.storage

    def fail(name):
        raise OSError("disk gone")

    monkeypatch.setattr(storage, "delete", fail)  # the disk, not our code

    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(draft)

    assert not Draft.objects.exists()
    assert "disk gone" in caplog.text
