"""Connections that break half-way, on a real server with raw sockets: what came before stays."""

import socket
import time
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.tickets.views.forms import COMPLETE, hidden_of, publish
from tickets.models import Draft, DraftFile
from tickets.services.drafts import add_files

pytestmark = pytest.mark.django_db(transaction=True)

BOUNDARY = "limite"
GOOD = {"subject": "Remboursement", "message": "Je demande à être remboursée."}
LARGE = 3_000_000


def person_before_the_form(person, theme):
    """Return a browser of that person and the hidden fields of her form, a text and a file already kept."""
    browser = Client()
    browser.force_login(person)
    url = reverse("tickets:write", args=[theme.slug])
    form = hidden_of(browser.get(url))
    told = browser.post(reverse("tickets:autosave", args=[theme.slug]), form | GOOD).json()
    draft = Draft.objects.get(key=told["draft"])
    assert add_files(draft, [factories.pdf("petit.pdf")], "identity") == []
    return browser, form | {"key": told["key"], "revision": str(told["revision"])}


def multipart(browser, form, name, content):
    """Return the body of an upload as a browser writes it, and the cookies it goes with."""
    token = browser.get(reverse("tickets:dashboard")).wsgi_request.META["CSRF_COOKIE"]
    fields = form | {"csrfmiddlewaretoken": token}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="piece-identity"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    cookies = {"td_session": browser.cookies["td_session"].value, "td_csrf": token}
    return body, "; ".join(f"{key}={value}" for key, value in cookies.items())


def send(live_server, path, body, cookies, *, until=1.0, pause=0.0):
    """Send that part of the body over a raw connection; return the status, 0 when it was cut."""
    place = urlsplit(live_server.url)
    request = (
        f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\nCookie: {cookies}\r\n"
        f"Referer: {live_server.url}/\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall(request.encode())
        last = int(len(body) * until)
        for start in range(0, last, 300_000):
            connection.sendall(body[start : min(start + 300_000, last)])
            time.sleep(pause)
        if until < 1:
            return 0
        answer = connection.makefile("rb").readline()
    return int(answer.split()[1])


@pytest.mark.parametrize("pause", [0.0, 0.05], ids=["at-once", "slowly"])
def test_upload_cut_at_eighty_per_cent_leaves_text_and_files_and_is_sent_again(
    live_server, lea, transcripts, stored, pause
):
    publish(transcripts, COMPLETE)
    browser, form = person_before_the_form(lea, transcripts)
    path = reverse("tickets:upload", args=[transcripts.slug])
    body, cookies = multipart(browser, form, "gros.pdf", factories.pdf_bytes() + b"\n%" + b"0" * LARGE)

    cut = send(live_server, path, body, cookies, until=0.8, pause=pause)
    time.sleep(0.5)  # the server notices
    after_the_cut = (Draft.objects.get().values, list(DraftFile.objects.values_list("name", flat=True)))
    again = send(live_server, path, body, cookies)

    assert (cut, again) == (0, 200)
    assert after_the_cut == (GOOD, ["petit.pdf"])
    assert list(DraftFile.objects.values_list("name", flat=True)) == ["petit.pdf", "gros.pdf"]
    assert len(stored()) == 2


def test_text_cut_on_its_way_changes_nothing_of_the_draft(live_server, lea, transcripts):
    publish(transcripts, COMPLETE)
    browser, form = person_before_the_form(lea, transcripts)
    path = reverse("tickets:autosave", args=[transcripts.slug])
    body, cookies = multipart(browser, form | {"subject": "Coupé", "message": "x" * 100_000}, "n.pdf", b"")

    cut = send(live_server, path, body, cookies, until=0.5)
    time.sleep(0.5)

    assert cut == 0
    assert Draft.objects.get().values == GOOD


def test_whole_form_cut_on_its_way_files_nothing_and_keeps_the_draft(live_server, lea, transcripts):
    publish(transcripts, COMPLETE)
    browser, form = person_before_the_form(lea, transcripts)
    path = reverse("tickets:write", args=[transcripts.slug])
    large = factories.pdf_bytes() + b"\n%" + b"0" * LARGE
    body, cookies = multipart(browser, form | GOOD | {"q-paid": "non"}, "gros.pdf", large)

    send(live_server, path, body, cookies, until=0.8)
    time.sleep(0.5)
    whole = send(live_server, path, body, cookies)

    assert whole == 302
    assert Draft.objects.get().values == GOOD | {"q-paid": "non"}
    assert list(DraftFile.objects.values_list("name", flat=True)) == ["petit.pdf", "gros.pdf"]
