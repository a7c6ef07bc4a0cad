"""Who may open a file, before its verdict and after."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import draft_of, file_ticket, move, move_draft, pdf, pdf_bytes
from tests.services.clamd import EICAR, SIGNATURE
from tickets.models import Attachment, Verdict
from tickets.services.files import sweep_files


@pytest.fixture
def ticket(lea, transcripts):
    """A request with one file."""
    return file_ticket(lea, transcripts, files=[pdf("relevé.pdf")])


def judged(ticket, verdict, finding=""):
    ticket.attachments.update(verdict=verdict, finding=finding)
    return ticket.attachments.get()


def statuses(client_of, people, address):
    return [client_of(person).get(address).status_code for person in people]


# --- the gate ----------------------------------------------------------------------------------------------
GATE = {
    Verdict.PENDING: (200, 409),
    Verdict.CLEAN: (200, 200),
    Verdict.INFECTED: (403, 403),
    Verdict.UNREADABLE: (200, 200),
    Verdict.UNCHECKED: (200, 200),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_decides_who_opens(client_of, lea, claire, oscar, mathilde, adam, ines, ticket, verdict):
    address = judged(ticket, verdict).get_absolute_url()
    hers, theirs = GATE[verdict]

    assert statuses(client_of, [lea, claire, oscar, mathilde, adam, ines], address) == [
        *(hers, theirs, theirs, theirs, theirs, 404)
    ]


def test_file_of_a_handler_waits_for_the_requester(client_of, lea, claire, ticket):
    move(ticket, "take", claire)
    draft = move_draft(ticket, "comment", claire, files=[pdf("réponse.pdf")])
    move(ticket, "comment", claire, key=draft.key)
    Attachment.objects.filter(owner=claire).update(verdict=Verdict.PENDING)
    address = Attachment.objects.get(owner=claire).get_absolute_url()

    assert statuses(client_of, [claire, lea], address) == [200, 409]


def test_held_file_says_why_and_never_its_content(client_of, claire, ticket):
    pending = client_of(claire).get(judged(ticket, Verdict.PENDING).get_absolute_url())
    infected = client_of(claire).get(judged(ticket, Verdict.INFECTED, SIGNATURE).get_absolute_url())

    assert "en cours de vérification, réessayez dans un instant" in pending.content.decode()
    assert f"infecté\u00a0: {SIGNATURE}, non téléchargeable" in infected.content.decode()
    assert b"%PDF" not in pending.content + infected.content
    assert {answer["Content-Type"] for answer in (pending, infected)} == {"text/html; charset=utf-8"}


def test_head_is_held_too(client_of, claire, ticket):
    address = judged(ticket, Verdict.INFECTED).get_absolute_url()

    assert client_of(claire).head(address).status_code == 403


# --- what is said on the pages -----------------------------------------------------------------------------
SAID = {
    "pending": (Verdict.PENDING, "", None, "en cours de vérification, réessayez dans un instant"),
    "clean": (Verdict.CLEAN, "", None, None),
    "infected": (
        Verdict.INFECTED,
        SIGNATURE,
        "mis de côté : l’antivirus le juge dangereux. Envoyez-en un autre.",
        f"infecté : {SIGNATURE}, non téléchargeable",
    ),
    "encrypted": (
        Verdict.UNREADABLE,
        "Heuristics.Encrypted.PDF",
        *["protégé par un mot de passe : l’antivirus n’a pas pu le lire"] * 2,
    ),
    "too-large": (
        Verdict.UNREADABLE,
        "INSTREAM size limit exceeded.",
        *["trop grand ou trop complexe : l’antivirus n’a pas pu le lire"] * 2,
    ),
    "unchecked": (Verdict.UNCHECKED, "", None, "pas encore vérifié par l’antivirus"),
}


def states(page):
    """Return what the page says of its first file: a link or none, and sentences."""
    text = page.content.decode()
    line = text.partition('class="file-list__item"')[2].partition("</li>")[0]
    said = [piece.partition("<")[0] for piece in line.split('file-list__state">')[1:]]
    return 'class="file-list__name" href=' in line, [words.replace("\u00a0", " ") for words in said]


@pytest.mark.parametrize(("verdict", "finding", "hers", "theirs"), SAID.values(), ids=SAID)
def test_pages_say_to_each_what_concerns_her(
    client_of, lea, claire, ticket, settings, verdict, finding, hers, theirs
):
    settings.CLAMD_URL = "tcp://127.0.0.1:3310"
    judged(ticket, verdict, finding)

    her_page = client_of(lea).get(ticket.get_absolute_url())
    their_page = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    opened = [status == 200 for status in GATE[verdict]]
    assert states(her_page) == (opened[0], [hers] if hers else [])
    assert states(their_page) == (opened[1], [theirs] if theirs else [])


def test_without_antivirus_nothing_is_said_of_it(client_of, claire, ticket):
    page = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    assert states(page) == (True, [])


def test_photograph_that_kept_its_metadata_says_so(client_of, lea, ticket):
    ticket.attachments.update(keeps_metadata=True)

    assert states(client_of(lea).get(ticket.get_absolute_url())) == (
        True,
        ["ses métadonnées (lieu, appareil) n’ont pas pu être retirées"],
    )


# --- the whole way, with a real antivirus ------------------------------------------------------------------
@pytest.mark.services
def test_infected_draft_is_told_before_filing_and_never_opened_after(
    client_of, lea, claire, transcripts, clamd
):
    eicar = SimpleUploadedFile("relevé.pdf", pdf_bytes(EICAR.decode("latin-1")))
    draft = draft_of(lea, transcripts, files=[eicar])
    sweep_files()

    address = reverse("tickets:check", args=[transcripts.slug])
    page = client_of(lea).get(f"{address}?brouillon={draft.key}")
    ticket = file_ticket(lea, transcripts, key=draft.key)
    file = ticket.attachments.get()

    assert "l’antivirus le juge dangereux" in page.content.decode()
    assert statuses(client_of, [lea, claire], file.get_absolute_url()) == [403, 403]
    assert file.content.open("rb").read(5) == b"%PDF-"  # evidence: set aside, not erased


@pytest.mark.services
def test_file_opens_to_staff_once_it_is_found_clean(client_of, claire, ticket, clamd):
    ticket.attachments.update(verdict=Verdict.PENDING)
    address = ticket.attachments.get().get_absolute_url()
    before = client_of(claire).get(address).status_code

    sweep_files()

    assert [before, client_of(claire).get(address).status_code] == [409, 200]
