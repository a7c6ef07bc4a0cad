"""The bench itself: it runs, and its floor asks what our pages ask."""

import json
import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from teledemande.corpus.people import OVERSEER
from tests import factories
from tests.bench.load import Connection, WrongAnswerError, play_all
from tests.bench.people import ALL_READ, KEY, new_key
from tests.bench.report import Line, table
from tests.factories import pdf_bytes
from tests.services import Postgres
from tests.services.process import ROOT
from tickets import typing_keys
from tickets.models import Ticket, TicketEvent

PAGES = {
    "page d’une demande",
    "ses demandes",
    "liste de gestion",
    "recherche, mot rare",
    "recherche, mot courant",
    "déposer avec un fichier de 200 ko",
    "changer un état",
}


@pytest.mark.postgres
@pytest.mark.services
def test_bench_measures_every_page(tmp_path):
    report = tmp_path / "bench.json"
    arguments = ["--tickets=200", "--requests=5", "--seconds=1", f"--json={report}"]
    with Postgres() as postgres:
        url = postgres.create_database("bench")
        command = [sys.executable, "-m", "tests.bench", *arguments, f"--database={url}"]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=160)

    assert done.returncode == 0, done.stdout + done.stderr
    lines = json.loads(report.read_text())
    assert {line["page"] for line in lines} == PAGES
    assert all(line["ratio"] > 0 and line["tickets"] == 200 for line in lines)
    assert "changer un état" in done.stdout


@pytest.fixture
def bench_urls(settings):
    folder = ROOT / "tests" / "bench" / "templates"
    settings.ROOT_URLCONF = "tests.bench.urls"
    settings.TEMPLATES = [one | {"DIRS": [*one["DIRS"], folder]} for one in settings.TEMPLATES]


@pytest.fixture
def corpus(transcripts, refunds):
    call_command("seed_corpus", tickets=60, seed=3, verbosity=0)


def asked(browser, address):
    """Return the statements a page sends, without what differs from one session to another."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    # The choices of a field are read through a cursor: what it reads counts, not how.
    whole = [re.sub(r"^DECLARE .*? FOR (?=SELECT)", "", query["sql"], flags=re.S) for query in queries]
    return sorted(re.sub(r"'[^']*'|\d+", "…", statement) for statement in whole)


@pytest.mark.django_db
@pytest.mark.usefixtures("bench_urls", "corpus")
@pytest.mark.parametrize("page", ["ticket", "own_list", "staff_list", "search"])
def test_floor_asks_the_database_what_our_page_asks(page, client_of):
    ticket = Ticket.objects.order_by("-event_count", "pk").first()
    overseer = User.objects.get(capacity=OVERSEER)
    reader, ours, floor = {
        "ticket": (ticket.requester, ticket.get_absolute_url(), f"/sol/demandes/{ticket.reference}/"),
        "own_list": (ticket.requester, reverse("tickets:dashboard"), "/sol/demandes/"),
        "staff_list": (overseer, reverse("admin:tickets_ticket_changelist"), "/sol/gestion/"),
        "search": (overseer, reverse("tickets:search") + "?q=bonjour", "/sol/recherche/?q=bonjour"),
    }[page]
    browser = client_of(reader)

    assert asked(browser, floor) == asked(browser, ours)


def written(browser, *forms):
    """Return the statements of POSTs, without what they write: the floor writes shorter mails."""
    with CaptureQueriesContext(connection) as queries:
        for address, values in forms:
            assert browser.post(address, values).status_code == 302
    kept = [re.sub(r"( VALUES | SELECT \* FROM UNNEST).*", "", query["sql"], flags=re.S) for query in queries]
    return sorted(re.sub(r"'[^']*'|\d+", "…", re.sub(r"(?<= = )'.*?'(?=,| WHERE)", "…", one)) for one in kept)


@pytest.mark.django_db
@pytest.mark.usefixtures("bench_urls", "corpus")
def test_floor_of_a_move_writes_what_ours_writes(client_of, claire, colette, lea, transcripts):
    browser = client_of(claire)
    seen = []
    for place in (f"/gestion/tickets/ticket/{{}}/prendre-en-charge/?vu={ALL_READ}", "/sol/prendre/{}/"):
        for _turn in range(2):  # the first one warms
            ticket = factories.file_ticket(lea, transcripts)
            factories.move(ticket, "take", colette)
            key = new_key()
            form = {"key": typing_keys.sign(key, claire), KEY: str(key)}
            statements = written(browser, (place.format(ticket.pk), form))
        seen.append(statements)
        event = TicketEvent.objects.get(key=key)
        assert (event.kind, event.mails.count()) == ("take", 2)

    assert seen[0] == seen[1]


@pytest.mark.django_db
@pytest.mark.usefixtures("bench_urls", "corpus")
def test_floor_of_a_filing_writes_what_ours_writes(client_of, claire, lea, transcripts):
    browser, slug, seen = client_of(lea), transcripts.slug, []
    for ours in (True, False):
        for _turn in range(2):  # the first one warms
            key = new_key()
            keys = {"key": typing_keys.sign(key, lea), KEY: str(key)}
            upload = SimpleUploadedFile("a.pdf", pdf_bytes())
            words = {"subject": "Relevé", "message": "Bonjour.", "files": upload}
            place = reverse("tickets:write", args=[slug]) if ours else f"/sol/ecrire/{slug}/"
            last = f"{place}verifier/" if ours else f"/sol/deposer/{slug}/"
            statements = written(browser, (place, keys | words), (last, keys | {"terms": "on"}))
        event = TicketEvent.objects.get(key=key)
        left = (event.kind, event.attachments.count(), event.mails.count())
        seen.append((left, statements))

    assert seen[0] == seen[1]
    assert seen[0][0][:2] == ("submit", 1)


def test_floor_is_in_no_address_of_the_service(client):
    assert client.get("/sol/vide/").status_code == 404


def test_table_says_the_ratio_of_each_round_and_the_goal():
    small = Line(1000, "une page", "sol", 0.70, ours=[80.0, 70.0, 10.0], floor=[100.0, 100.0, 100.0])
    large = Line(100_000, "une page", "sol", 0.70, ours=[35.0, 35.0, 35.0], floor=[70.0, 70.0, 70.0])

    assert (small.ratio, small.is_met, large.ratio, large.is_met) == (0.7, True, 0.5, False)
    rows = table([small, large]).splitlines()
    assert [row.split()[-1] for row in rows[1:3]] == ["1.00×", "2.00×"]


@pytest.mark.django_db(transaction=True)
def test_load_is_bounded_and_refuses_a_wrong_answer(live_server):
    port = int(live_server.url.rpartition(":")[2])

    def script(expected):
        while True:
            yield [(b"GET /sante/ HTTP/1.1\r\nHost: localhost\r\n\r\n", expected)]

    played, _took = play_all(port, [script((404, b"")), script((404, b""))], seconds=5, at_most=0)
    assert played == 0
    answer = Connection(port).ask(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.status == 200
    with pytest.raises(WrongAnswerError, match="GET /sante/"):
        play_all(port, [script((204, b""))], seconds=5, at_most=3)
