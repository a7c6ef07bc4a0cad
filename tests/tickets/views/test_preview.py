"""The preview page: who sees it, what it shows, what is kept of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import draft_of, file_ticket, jpeg, pdf
from tests.tickets.files.test_preview import pages_of, pdf_of
from tickets.files import preview
from tickets.models import Attachment, Verdict


@pytest.fixture
def ticket(lea, transcripts):
    """A request with a PDF of seven pages."""
    return file_ticket(lea, transcripts, files=[SimpleUploadedFile("relevé.pdf", pdf_of(*pages_of(7)))])


def address(ticket, page=None):
    uuid = ticket.attachments.get().uuid
    name, more = ("preview", []) if page is None else ("preview_page", [page])
    return reverse(f"tickets:{name}", args=[ticket.reference, uuid, *more])


def test_page_shows_a_sheet_then_the_next(client_of, claire, ticket):
    first = client_of(claire).get(address(ticket)).content.decode()
    second = client_of(claire).get(address(ticket) + "?page=6").content.decode()

    assert [first.count(f'alt="Page {number} de relevé.pdf"') for number in range(1, 8)] == [1] * 5 + [0] * 2
    assert [second.count(f'alt="Page {number} de relevé.pdf"') for number in range(1, 8)] == [0] * 5 + [1] * 2
    assert ("?page=6" in first, "?page=1" in second) == (True, True)
    assert "7 pages." in first


def test_each_page_is_a_picture_of_ours_shut_in(client_of, claire, ticket):
    answer = client_of(claire).get(address(ticket, 3))

    assert answer.content.startswith(b"\x89PNG")
    assert {name: answer[name] for name in ("Content-Type", "Content-Security-Policy", "Cache-Control")} == {
        "Content-Type": "image/png",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"


GATE = {
    Verdict.PENDING: ((200, 200), (409, 404)),
    Verdict.CLEAN: ((200, 200), (200, 200)),
    Verdict.INFECTED: ((403, 404), (403, 404)),
    Verdict.UNREADABLE: ((200, 404), (200, 404)),
    Verdict.UNCHECKED: ((200, 200), (200, 200)),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_decides_who_sees_it(client_of, lea, claire, ines, ticket, verdict):
    ticket.attachments.update(verdict=verdict)

    seen = [
        tuple(client_of(person).get(path).status_code for path in (address(ticket), address(ticket, 1)))
        for person in (lea, claire, ines)
    ]

    assert seen == [*GATE[verdict], (404, 404)]


@pytest.mark.parametrize("page", [0, 8, 999_999])
def test_page_that_is_not_there_is_not_found(client_of, claire, ticket, page):
    assert client_of(claire).get(address(ticket, page)).status_code == 404


def test_pages_that_are_not_there_are_neither_drawn_nor_kept(client_of, claire, ticket, stored, monkeypatch):
    browser = client_of(claire)
    browser.get(address(ticket))
    kept = stored()
    monkeypatch.setattr(preview, "draw", None)

    pages = [browser.get(address(ticket, number)) for number in (11, 999_999, 10**30)]
    sheet = browser.get(address(ticket) + "?page=500")

    assert [page.status_code for page in (*pages, sheet)] == [404, 404, 404, 200]
    assert "Aperçu impossible" in sheet.content.decode()
    assert stored() == kept


@pytest.mark.parametrize("query", ["?page=a", "?page=-1", "?page=" + "9" * 30, "?page=٣", "?page=0"])
def test_odd_page_numbers_are_no_error(client_of, claire, ticket, query):
    assert client_of(claire).get(address(ticket) + query).status_code == 200


def test_file_that_cannot_be_drawn_is_to_be_downloaded(client_of, claire, lea, transcripts):
    ticket = file_ticket(lea, transcripts, files=[SimpleUploadedFile("a.pdf", b"%PDF-1.4\n" + b"a" * 100)])

    page = client_of(claire).get(address(ticket)).content.decode().replace("\u00a0", " ")

    assert "Aperçu impossible : téléchargez le fichier." in page
    assert ticket.attachments.get().get_absolute_url() in page


def test_drawn_once_and_failures_too(client_of, claire, ticket, monkeypatch):
    client_of(claire).get(address(ticket))
    Attachment.objects.update(name="autre.pdf")
    monkeypatch.setattr(preview, "draw", None)

    assert client_of(claire).get(address(ticket)).status_code == 200
    assert client_of(claire).get(address(ticket, 5)).status_code == 200


def test_too_many_at_once_are_told_to_come_back(client_of, claire, ticket, monkeypatch):
    monkeypatch.setattr(preview, "_WAIT_SECONDS", 0.01)
    with preview._PLACES, preview._PLACES:
        answers = [client_of(claire).get(path) for path in (address(ticket), address(ticket, 1))]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert client_of(claire).get(address(ticket)).status_code == 200


def test_lists_link_to_what_can_be_shown(client_of, lea, claire, transcripts):
    files = [pdf("a.pdf"), jpeg("b.jpg"), SimpleUploadedFile("c.txt", b"Bonjour")]
    ticket = file_ticket(lea, transcripts, files=files)

    for person, page in (
        (lea, ticket.get_absolute_url()),
        (claire, reverse("admin:tickets_ticket_change", args=[ticket.pk])),
    ):
        text = client_of(person).get(page).content.decode()
        linked = [f'href="{file.get_preview_url()}"' in text for file in ticket.attachments.order_by("pk")]
        assert linked == [True, True, False]


def test_file_of_a_draft_has_no_preview(lea, transcripts):
    assert not hasattr(draft_of(lea, transcripts, files=[pdf()]).files.get(), "get_preview_url")


def test_each_goes_back_to_her_own_page(client_of, lea, claire, ticket):
    pages = [client_of(person).get(address(ticket)).content.decode() for person in (lea, claire)]

    staff = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    assert [f'href="{ticket.get_absolute_url()}"' in pages[0], f'href="{staff}"' in pages[1]] == [True, True]
