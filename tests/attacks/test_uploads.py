"""Files sent to harm: those who open them, those who list them, the service that keeps them."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.factories import draft_of, file_ticket, pdf_bytes
from tests.services.clamd import EICAR
from tests.tickets.files.metadata import pictures
from tickets.models import Verdict
from tickets.services.drafts import add_files
from tickets.services.files import sweep_files


def sent(name, body):
    return SimpleUploadedFile(name, body)


def test_virus_in_the_place_of_a_pdf_does_not_come_in(lea, transcripts, stored):
    draft = draft_of(lea, transcripts)

    refusals = add_files(draft, [sent("relevé.pdf", EICAR)])

    assert (len(refusals), draft.files.count(), stored()) == (1, 0, [])


@pytest.mark.services
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("relevé.pdf", pdf_bytes(EICAR.decode("latin-1"))),
        ("note.txt", EICAR),
        ("données.csv", b"Nom;Note\r\n" + EICAR),
    ],
    ids=["pdf", "text", "table"],
)
def test_virus_inside_an_accepted_file_reaches_nobody(client_of, lea, claire, transcripts, clamd, name, body):
    ticket = file_ticket(lea, transcripts, files=[sent(name, body)])
    sweep_files()
    file = ticket.attachments.get()
    addresses = [
        file.get_absolute_url(),
        file.get_preview_url(),
        reverse("tickets:preview_page", args=[ticket.reference, file.uuid, 1]),
        reverse("tickets:archive", args=[ticket.reference]),
    ]

    for person in (lea, claire):
        given = b"".join(b"".join(client_of(person).get(address)) for address in addresses)
        assert EICAR not in given
    assert file.verdict == Verdict.INFECTED


@pytest.mark.services
def test_virus_hidden_in_the_words_of_a_photograph_goes_with_them(client_of, lea, claire, transcripts, clamd):
    ticket = file_ticket(lea, transcripts, files=[sent("photo.jpg", pictures.jpeg(comment=EICAR))])
    sweep_files()

    file = ticket.attachments.get()
    content = b"".join(client_of(claire).get(file.get_absolute_url()))

    assert (file.verdict, EICAR in content) == (Verdict.CLEAN, False)


NAMES = {
    "right-to-left": "fac\u202efdp.pdf",
    "header": 'a"\r\nSet-Cookie: td_session=1.pdf',
    "long": "é" * 300 + ".pdf",
    "way-out": "../../../../etc/cron.d/a.pdf",
    "device": "CON.pdf",
    "line": "a\nb\u2028c.pdf",
    "emoji": "🎓🏳️‍🌈.pdf",
    "dots": "a....pdf",
    "markup": "<img src=x onerror=alert(1)>.pdf",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_harms_neither_page_nor_download_nor_archive(client_of, lea, transcripts, name):
    ticket = file_ticket(lea, transcripts, files=[sent("a.pdf", pdf_bytes())])
    upload = sent("a.pdf", pdf_bytes())
    upload._name = name  # as a browser that lies sends it
    file = file_ticket(lea, transcripts, files=[upload]).attachments.get()
    browser = client_of(lea)

    page = browser.get(file.ticket.get_absolute_url()).content.decode()
    download = browser.get(file.get_absolute_url())
    answer = browser.get(reverse("tickets:archive", args=[file.ticket.reference]))
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer))).namelist()

    assert (ticket.attachments.count(), "onerror=alert(1)>" in page, "\u202e" in page) == (1, False, False)
    assert "Set-Cookie" not in download.headers
    assert not set(download["Content-Disposition"]) & set("\r\n\u202e")
    assert all(re.fullmatch(r"TD-\d{4}-\d+/(LISEZ-MOI\.txt|[a-z0-9/_.-]+)", one) for one in names)
    assert not [one for one in names if ".." in one]


def test_bomb_of_pixels_is_kept_and_never_drawn(client_of, lea, transcripts):
    bomb = pictures.saved("PNG", Image.new("1", (20_000, 20_000)))
    ticket = file_ticket(lea, transcripts, files=[sent("plan.png", bomb)])

    page = client_of(lea).get(ticket.attachments.get().get_preview_url())

    assert (len(bomb) < 100_000, page.status_code) == (True, 200)
    assert "Aperçu impossible" in page.content.decode()
