"""A whole request as a ZIP: its tree, its list, who finds what in it."""

import io
import re
import tracemalloc
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import file_ticket, jpeg, move, move_draft, pdf, pdf_bytes
from tests.tickets.files.metadata import pictures
from tickets.files.archive import members_of
from tickets.models import Attachment, Verdict
from tickets.timeline import shared_entries

NIGHT = "2026-11-23T23:30:00Z"  # already the 24th in Paris


@pytest.fixture
def ticket(lea, claire, transcripts):
    """A request with files of everybody, and one of an internal note."""
    with time_machine.travel(NIGHT, tick=False):
        ticket = file_ticket(lea, transcripts, files=[pdf("Relevé de notes.pdf"), jpeg("Photo.JPG")])
        move(ticket, "take", claire)
        for name, file in (("note", "interne.pdf"), ("ask", "modèle.pdf")):
            move(ticket, name, claire, key=move_draft(ticket, name, claire, files=[pdf(file)]).key)
        move(ticket, "answer", lea, key=move_draft(ticket, "answer", lea, files=[pdf("réponse.pdf")]).key)
    return ticket


def zip_of(browser, ticket):
    answer = browser.get(reverse("tickets:archive", args=[ticket.reference]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def readme(archive, ticket):
    return archive.read(f"{ticket.reference}/LISEZ-MOI.txt").decode("utf-8-sig").replace("\u00a0", " ")


SHARED = [
    "01-2026-11-24-depot/01-releve-de-notes.pdf",
    "01-2026-11-24-depot/02-photo.jpg",
    "02-2026-11-24-question/01-modele.pdf",
    "03-2026-11-24-reponse/01-reponse.pdf",
]


def test_requester_has_the_tree_of_what_is_shared(client_of, lea, ticket):
    archive = zip_of(client_of(lea), ticket)

    assert archive.testzip() is None
    assert archive.namelist() == [f"{ticket.reference}/{name}" for name in [*SHARED, "LISEZ-MOI.txt"]]
    assert archive.read(f"{ticket.reference}/{SHARED[0]}") == pdf_bytes()
    assert "interne" not in readme(archive, ticket)


@pytest.mark.parametrize("who", ["claire", "oscar", "adam"])
def test_staff_have_the_internal_ones_apart(request, client_of, ticket, who):
    archive = zip_of(client_of(request.getfixturevalue(who)), ticket)

    names = [name.removeprefix(f"{ticket.reference}/") for name in archive.namelist()]
    assert sorted(names) == sorted([*SHARED, "interne/01-2026-11-24-note/01-interne.pdf", "LISEZ-MOI.txt"])


@pytest.mark.parametrize("who", ["ines", "bruno"])
def test_others_have_nothing(request, client_of, ticket, who):
    answer = client_of(request.getfixturevalue(who)).get(reverse("tickets:archive", args=[ticket.reference]))

    assert answer.status_code == 404


def test_archive_comes_as_a_download_kept_nowhere(client_of, lea, ticket):
    answer = client_of(lea).get(reverse("tickets:archive", args=[ticket.reference]))

    assert answer.streaming
    assert (answer["Content-Type"], answer["Content-Disposition"], answer["Cache-Control"]) == (
        "application/zip",
        f'attachment; filename="{ticket.reference}.zip"',
        "private, no-store",
    )


def test_what_is_left_out_is_listed_with_its_reason(client_of, lea, claire, ticket, stored):
    first, photo, _internal, _model, answer = Attachment.objects.order_by("pk")
    Attachment.objects.filter(pk=first.pk).update(verdict=Verdict.PENDING)
    Attachment.objects.filter(pk=photo.pk).update(verdict=Verdict.INFECTED, finding="Eicar")
    answer.content.storage.delete(answer.content.name)

    hers, theirs = zip_of(client_of(lea), ticket), zip_of(client_of(claire), ticket)

    root = f"{ticket.reference}/"
    assert [name for name in hers.namelist() if "LISEZ" not in name] == [root + SHARED[0], root + SHARED[2]]
    assert [name for name in theirs.namelist() if "LISEZ" not in name] == [
        f"{root}interne/01-2026-11-24-note/01-interne.pdf",
        root + SHARED[2],
    ]
    assert "Photo.JPG – mis de côté : l’antivirus le juge dangereux. Envoyez-en un autre." in readme(
        hers, ticket
    )
    left = readme(theirs, ticket).partition("Fichiers qui ne sont pas dans l’archive")[2]
    assert re.findall(r"^(\S.* – .*)\r$", left, re.M) == [
        "Relevé de notes.pdf – en cours de vérification, réessayez dans un instant",
        "Photo.JPG – infecté : Eicar, non téléchargeable",
        "réponse.pdf – contenu introuvable",
    ]


def test_list_says_everything_of_a_file(client_of, lea, transcripts):
    with time_machine.travel(NIGHT, tick=False):
        body = pictures.jpeg()
        ticket = file_ticket(lea, transcripts, files=[SimpleUploadedFile("Été.jpg", body)])
        file = ticket.attachments.get()
        Attachment.objects.update(verdict=Verdict.CLEAN)
        text = readme(zip_of(client_of(lea), ticket), ticket)

    assert text.split("\r\n") == [
        f"{ticket.reference} – Relevé de notes",
        "Archive produite le mardi 24 novembre 2026, 0 h 30.",
        "",
        "01-2026-11-24-depot/01-ete.jpg",
        "  Nom d’origine : Été.jpg",
        f"  Taille : {'1 ko' if file.size >= 1000 else f'{file.size} octets'} ({file.size} octets)",
        f"  SHA-256 : {file.sha256}",
        "  Envoyé par Léa Fontaine, mardi 24 novembre 2026, 0 h 30",
        "  Antivirus : sain",
        f"  SHA-256 à la réception, avant retrait des métadonnées : {file.received_sha256}",
        "",
    ]


# --- names -----------------------------------------------------------------------------------------------
HOSTILE = {
    "windows-device": ("CON.pdf", "01-con.pdf"),
    "dots": ("..pdf", "01-fichier.pdf"),
    "way-out": ("..%2f..%2fetc.pdf", "01-2f2fetc.pdf"),
    "right-to-left": ("fac\u202etnoc.pdf", "01-factnoc.pdf"),
    "long": ("é" * 190 + ".pdf", f"01-{'e' * 60}.pdf"),
    "emoji": ("🎓.pdf", "01-fichier.pdf"),
    "arabic": ("شهادة.pdf", "01-fichier.pdf"),
    "new-line": ("a\nb\r\n.pdf", "01-a-b.pdf"),
    "colon-and-stars": ('a:b*c?"<>|.pdf', "01-abc.pdf"),
    "ends-with-a-dot": ("a..pdf", "01-a.pdf"),
}


@pytest.mark.parametrize(("name", "written"), HOSTILE.values(), ids=HOSTILE)
def test_names_are_safe_everywhere(lea, transcripts, name, written):
    ticket = file_ticket(lea, transcripts, files=[pdf("a.pdf")])
    Attachment.objects.update(name=name[:200])

    (member,) = members_of(ticket, shared_entries(ticket, lea))

    assert member.path.rpartition("/")[2] == written
    assert re.fullmatch(r"TD-\d{4}-\d+/01-[\d-]+-depot/01-[a-z0-9_.-]+", member.path)
    assert ".." not in member.path


def test_names_that_differ_by_their_capitals_do_not_meet(client_of, lea, transcripts):
    ticket = file_ticket(lea, transcripts, files=[pdf("a.pdf"), pdf("A.PDF")])

    names = zip_of(client_of(lea), ticket).namelist()

    assert len({name.lower() for name in names}) == 3


# --- memory ----------------------------------------------------------------------------------------------
def test_large_request_is_never_whole_in_memory(client_of, lea, transcripts, settings):
    body = pdf_bytes() + b"%" + bytes(range(256)) * 40_000  # ten megabytes
    ticket = file_ticket(lea, transcripts, files=[SimpleUploadedFile(f"{n}.pdf", body) for n in range(3)])
    answer = client_of(lea).get(reverse("tickets:archive", args=[ticket.reference]))

    tracemalloc.start()
    size = sum(len(piece) for piece in answer)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 10_000
    assert peak < 5_000_000
