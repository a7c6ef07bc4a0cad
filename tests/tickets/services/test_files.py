"""Files are checked soon after they arrive, once, whatever happens to the antivirus meanwhile."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from teledemande import waking
from tests.factories import draft_of, file_ticket, pdf, pdf_bytes
from tests.services.clamd import EICAR, SIGNATURE
from tickets.files import antivirus
from tickets.models import Attachment, DraftFile, Verdict
from tickets.services import files
from tickets.services.files import CHECK, check_file, files_waiting, sweep_files
from tickets.services.filing import open_ticket

services = pytest.mark.services


@pytest.fixture
def published(monkeypatch):
    """Return the list of what is told to the broker, in calls: no broker."""
    calls = []
    monkeypatch.setattr(waking, "_rests_until", 0.0)
    monkeypatch.setattr(waking, "_publish", calls.append)
    return calls


@pytest.fixture
def antivirus_down(settings, clamd_port_closed):
    """Set up an antivirus that does not answer."""
    settings.CLAMD_URL = f"tcp://127.0.0.1:{clamd_port_closed}"


@pytest.fixture
def clamd_port_closed():
    from tests.services.process import free_port

    return free_port()


def infected_pdf(name="releve.pdf"):
    return SimpleUploadedFile(name, pdf_bytes(EICAR.decode("latin-1")))


def rows(model=Attachment):
    return list(model.objects.order_by("pk").values_list("name", "verdict", "finding"))


def wait_longer():
    """Move every file to an hour and a half ago, due now."""
    past = timezone.now() - timedelta(minutes=90)
    for model in (Attachment, DraftFile):
        model.objects.update(created_at=past, check_after=past)


# --- at its arrival --------------------------------------------------------------------------------------
def test_without_antivirus_nothing_waits(lea, transcripts, published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = draft_of(lea, transcripts, files=[pdf()])

    assert [file.verdict for file in draft.files.all()] == [Verdict.UNCHECKED]
    assert (published, check_file(draft.files.get().uuid), sweep_files()) == ([], None, 0)


def test_file_waits_and_a_worker_is_woken(
    lea, transcripts, published, antivirus_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        draft = draft_of(lea, transcripts, files=[pdf("a.pdf"), pdf("b.pdf")])

    kept = list(draft.files.all())
    assert [file.verdict for file in kept] == [Verdict.PENDING, Verdict.PENDING]
    assert [call for calls in published for call in calls] == [(CHECK, (str(file.uuid),), 0) for file in kept]


def test_filing_wakes_again_for_what_still_waits(
    lea, transcripts, published, antivirus_down, django_capture_on_commit_callbacks
):
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf"), pdf("b.pdf")])
    first, second = draft.files.all()
    DraftFile.objects.filter(pk=first.pk).update(verdict=Verdict.CLEAN)
    connection.run_on_commit.clear()  # one transaction: what the draft asked for is still there

    with django_capture_on_commit_callbacks(execute=True):
        open_ticket(draft.key, requester=lea)

    assert [call for calls in published for call in calls if call[0] == CHECK] == [
        (CHECK, (str(second.uuid),), 0)
    ]


# --- verdicts --------------------------------------------------------------------------------------------
@services
def test_each_file_has_its_verdict(clamd, lea, transcripts):
    before = timezone.now()
    file_ticket(
        lea, transcripts, files=[pdf("sain.pdf"), infected_pdf(), SimpleUploadedFile("note.txt", EICAR)]
    )

    verdicts = [check_file(file.uuid) for file in Attachment.objects.order_by("pk")]

    assert verdicts == [Verdict.CLEAN, Verdict.INFECTED, Verdict.INFECTED]
    assert rows() == [
        ("sain.pdf", "clean", ""),
        ("releve.pdf", "infected", SIGNATURE),
        ("note.txt", "infected", SIGNATURE),
    ]
    assert all(file.checked_at > before for file in Attachment.objects.all())


@services
def test_draft_file_is_checked_before_it_is_filed(clamd, lea, transcripts):
    draft = draft_of(lea, transcripts, files=[infected_pdf()])

    check_file(draft.files.get().uuid)
    open_ticket(draft.key, requester=lea)

    assert rows() == [("releve.pdf", "infected", SIGNATURE)]


@services
def test_draft_filed_while_it_is_checked_gets_its_verdict(clamd, lea, transcripts, monkeypatch):
    draft = draft_of(lea, transcripts, files=[infected_pdf()])
    real = antivirus.check

    def slow(content):
        open_ticket(draft.key, requester=lea)
        return real(content)

    monkeypatch.setattr(antivirus, "check", slow)
    check_file(draft.files.get().uuid)

    assert (rows(DraftFile), rows()) == ([], [("releve.pdf", "infected", SIGNATURE)])


@services
def test_checked_once_whoever_asks(clamd, lea, transcripts, monkeypatch):
    file_ticket(lea, transcripts, files=[pdf()])
    file = Attachment.objects.get()
    seen = []
    real = antivirus.check
    monkeypatch.setattr(
        antivirus, "check", lambda content: seen.append(check_file(file.uuid)) or real(content)
    )

    asked = [check_file(file.uuid), check_file(file.uuid), sweep_files(), check_file(uuid.uuid4())]

    assert (asked, seen) == ([Verdict.CLEAN, None, 0, None], [None])


@services
def test_worker_killed_meanwhile_leaves_it_to_the_sweep(clamd, lea, transcripts):
    file_ticket(lea, transcripts, files=[pdf("a.pdf")])
    files._claimed(Attachment.objects.get().uuid, timezone.now())
    assert sweep_files() == 0

    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert (sweep_files(), rows()) == (1, [("a.pdf", "clean", "")])


# --- antivirus down ----------------------------------------------------------------------------------------
@services
@pytest.mark.parametrize(("policy", "verdict"), [("hold", "pending"), ("pass", "unchecked")])
def test_stopped_antivirus_holds_or_lets_pass_then_all_is_checked(
    clamd, lea, transcripts, settings, policy, verdict
):
    settings.ANTIVIRUS_DOWN = policy
    file_ticket(lea, transcripts, files=[pdf("sain.pdf"), infected_pdf()])
    draft_of(lea, transcripts, files=[infected_pdf()])
    clamd.stop()
    assert check_file(Attachment.objects.first().uuid) is None
    assert {row[1] for row in rows()} == {"pending"}  # too soon to let pass

    wait_longer()
    assert sweep_files() == 0
    assert [row[1] for row in (*rows(), *rows(DraftFile))] == [verdict] * 3

    clamd.start()
    assert sweep_files() == 3
    assert [row[1] for row in (*rows(), *rows(DraftFile))] == ["clean", "infected", "infected"]


def test_task_alone_lets_pass_too(lea, transcripts, settings, antivirus_down):
    settings.ANTIVIRUS_DOWN = "pass"
    file_ticket(lea, transcripts, files=[pdf()])
    wait_longer()

    check_file(Attachment.objects.get().uuid)

    assert rows() == [("relevé.pdf", "unchecked", "")]


def test_sweep_waits_a_minute_between_two_tries(lea, transcripts, antivirus_down):
    file_ticket(lea, transcripts, files=[pdf()])
    check_file(Attachment.objects.get().uuid)

    assert files._due(timezone.now()) == []
    assert files._due(timezone.now() + timedelta(seconds=61)) == [Attachment.objects.get().uuid]


@services
def test_what_was_let_in_without_antivirus_is_checked_once_there_is_one(clamd, lea, transcripts, settings):
    settings.CLAMD_URL = ""
    file_ticket(lea, transcripts, files=[infected_pdf()])
    settings.CLAMD_URL = clamd.url

    assert (sweep_files(), rows()) == (1, [("releve.pdf", "infected", SIGNATURE)])


def test_antivirus_taken_away_frees_what_waited(lea, transcripts, settings, antivirus_down):
    file_ticket(lea, transcripts, files=[pdf()])
    settings.CLAMD_URL = ""

    assert (files_waiting(), sweep_files(), files_waiting(), rows()) == (
        1,
        0,
        0,
        [("relevé.pdf", "unchecked", "")],
    )


# --- what cannot be checked --------------------------------------------------------------------------------
def test_file_that_clamd_cannot_check_is_unreadable_in_the_end(
    lea, transcripts, monkeypatch, antivirus_down, caplog
):
    def fail(content):
        raise antivirus.CheckFailedError("Can't parse it ERROR")

    monkeypatch.setattr(antivirus, "check", fail)
    file_ticket(lea, transcripts, files=[pdf()])
    file = Attachment.objects.get()

    assert (check_file(file.uuid), rows()) == (None, [("relevé.pdf", "pending", "")])
    wait_longer()
    assert check_file(file.uuid) == Verdict.UNREADABLE
    assert rows() == [("relevé.pdf", "unreadable", "Can't parse it ERROR")]
    assert "relevé" not in caplog.text


def test_content_that_is_gone_waits_and_is_said(lea, transcripts, antivirus_down, stored, caplog):
    file_ticket(lea, transcripts, files=[pdf()])
    stored()[0].unlink()

    assert check_file(Attachment.objects.get().uuid) is None
    assert "its content is not in the storage" in caplog.text
    assert Attachment.objects.get().check_after > timezone.now() + timedelta(minutes=50)
