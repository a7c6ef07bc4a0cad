"""The whole request as a PDF: who finds what in it, how it is tagged, what a long one costs."""

import io
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.factories import file_ticket, jpeg, move, move_draft, pdf
from tickets.models import TicketEvent, TicketMessage
from tickets.pdf import rendering


@pytest.fixture
def ticket(lea, claire, transcripts):
    """A request with words and files of everybody, and an internal note."""
    message = "Mon relevé de notes, s’il vous plaît.\nMerci."
    ticket = file_ticket(
        lea, transcripts, subject="Relevé <b>2026</b>", message=message, files=[jpeg("Photo.JPG")]
    )
    move(ticket, "take", claire)
    draft = move_draft(ticket, "note", claire, files=[pdf("interne.pdf")])
    move(ticket, "note", claire, message="Le quetzal est vert.", key=draft.key)
    move(ticket, "comment", claire, message="Il part demain.")
    return ticket


def address(ticket, name="pdf"):
    return reverse(f"tickets:{name}", args=[ticket.reference])


def opened(browser, url):
    answer = browser.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_requester_finds_all_she_may_read_and_no_note(client_of, lea, ticket):
    text = words(opened(client_of(lea), address(ticket)))

    file = ticket.attachments.get(name="Photo.JPG")
    expected = [
        *(f"Demande {ticket.reference}", "Relevé <b>2026</b>", "En cours de traitement", "Relevé de notes"),
        *("Mon relevé de notes, s’il vous plaît. Merci.", "Il part demain.", "Claire Dumas", "Léa Fontaine"),
        *("Photo.JPG", "1 / 1"),
    ]
    assert [one for one in expected if one not in text] == []
    assert file.sha256 in text.replace(" ", "")
    assert text.index("Mon relevé") < text.index("Il part demain.")
    assert [one for one in ("quetzal", "interne", "Note") if one in text] == []


def test_team_finds_the_notes_and_is_warned(client_of, claire, oscar, ticket):
    for person in (claire, oscar):
        text = words(opened(client_of(person), address(ticket, "team_pdf")))
        assert [
            one for one in ("Le quetzal est vert.", "interne.pdf", "Note interne") if one not in text
        ] == []
        assert "Ne le remettez pas au demandeur" in text
    assert "quetzal" not in words(opened(client_of(claire), address(ticket)))


def test_nobody_else_finds_anything(client_of, lea, ines, bruno, ticket):
    for person in (ines, bruno):
        assert client_of(person).get(address(ticket)).status_code == 404
    for person in (lea, ines, bruno):
        assert client_of(person).get(address(ticket, "team_pdf")).status_code == 404


def test_answer_on_its_way_is_not_in_it(client_of, lea, claire, ticket):
    move(ticket, "comment", claire, message="Trop vite.", hold=timezone.timedelta(seconds=15))

    assert "Trop vite." not in words(opened(client_of(lea), address(ticket)))


def test_staff_of_a_confidential_theme_stay_unnamed(client_of, lea, alert):
    from categories.enums import RoleKind
    from tests.factories import handler_on

    ticket = file_ticket(lea, alert)
    move(ticket, "comment", handler_on(alert, RoleKind.HANDLER, last_name="Confident"), message="Reçu.")

    text = words(opened(client_of(lea), address(ticket)))

    assert ("Reçu." in text, "Le service" in text, "Confident" in text) == (True, True, False)


@pytest.mark.parametrize(("language", "title"), [("fr", "Demande"), ("en", "Request")])
def test_it_is_tagged_titled_and_says_its_language(client_of, lea, ticket, language, title):
    lea.language = language
    lea.save(update_fields=["language"])
    browser = client_of(lea)
    browser.cookies["td_language"] = language

    reader = opened(browser, address(ticket))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    assert reader.metadata.title == f"{title} {ticket.reference}"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    roles = _roles(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/P"} <= roles


def _roles(node):
    node = node.get_object()
    found = {node["/S"]} if "/S" in node else set()
    kids = node.get("/K", [])
    for one in kids if isinstance(kids, list) else [kids]:
        kid = one.get_object()
        if hasattr(kid, "keys"):
            found |= _roles(kid)
    return found


def test_file_is_named_kept_by_nobody_and_only_downloaded(client_of, lea, claire, ticket):
    answer = client_of(lea).get(address(ticket))

    assert answer["Content-Disposition"] == f'attachment; filename="{ticket.reference}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    team = client_of(claire).get(address(ticket, "team_pdf"))
    assert team["Content-Disposition"] == f'attachment; filename="{ticket.reference}-equipe.pdf"'


def test_pages_offer_it(client_of, lea, claire, ticket):
    page = client_of(lea).get(ticket.get_absolute_url()).content.decode()
    desk = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert (address(ticket) in page, address(ticket, "team_pdf") in page) == (True, False)
    assert (address(ticket) in desk, address(ticket, "team_pdf") in desk) == (True, True)


def test_when_it_cannot_be_written_the_page_says_what_to_do(client_of, lea, ticket, tmp_path, monkeypatch):
    broken = tmp_path / "writing.py"
    broken.write_text("raise SystemExit('no library')")
    monkeypatch.setattr(rendering, "_PROGRAM", broken)

    answer = client_of(lea).get(address(ticket))

    assert answer.status_code == 503
    assert "imprimez la page" in answer.content.decode()


def test_five_hundred_messages_are_written_in_time(client_of, lea, claire, ticket):
    count, now = 500, timezone.now()
    first = ticket.events.last().sequence + 1
    events = TicketEvent.objects.bulk_create(
        TicketEvent(ticket=ticket, sequence=first + n, kind="comment", actor=claire if n % 2 else lea, at=now)
        for n in range(count)
    )
    TicketMessage.objects.bulk_create(
        TicketMessage(event=event, text=f"Message {n}. " + "Nous avons bien reçu vos pièces. " * 12)
        for n, event in enumerate(events)
    )
    browser, started = client_of(lea), time.monotonic()

    reader = opened(browser, address(ticket))

    assert time.monotonic() - started < rendering._SECONDS
    assert len(reader.pages) > 50
    assert "Message 499." in reader.pages[-1].extract_text() + reader.pages[-2].extract_text()
