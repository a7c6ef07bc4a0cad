"""The way out of a summary: headers of lists on summaries alone, one click without signing in, no GET."""

from urllib.parse import urlsplit

import pytest

from notifications.habits import wants
from notifications.models import OutgoingEmail
from tests import factories
from tests.pages import words_of
from tests.strictness import StrictClient

LISTS = ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")


@pytest.fixture
def mail(summed, lea, transcripts, at, run_at):
    at(2026, 4, 1, 4)
    factories.file_ticket(lea, transcripts)
    return run_at(2026, 4, 1, 6)[0]


@pytest.fixture
def way_out(mail):
    return urlsplit(mail.headers["List-Unsubscribe"].strip("<>")).path


def test_summary_alone_is_a_list(mail, lea):
    others = OutgoingEmail.objects.exclude(pk=mail.pk)

    assert others.exists()
    assert [name for one in others for name in LISTS if name in one.headers] == []
    assert mail.headers["List-Id"] == "<daily.resumes.127.0.0.1>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Unsubscribe"].strip("<>") in mail.body_text
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_reader_of_mails_stops_it_by_itself(mail, way_out, summed):
    browser = StrictClient(enforce_csrf_checks=True)

    for _twice in range(2):
        answer = browser.post(
            way_out, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200

    assert (wants(summed, "daily"), wants(summed, "overview")) == (False, True)


def test_page_asks_before_and_says_after(client, way_out, summed):
    page = client.get(way_out)
    assert wants(summed, "daily")
    assert '<button class="button" type="submit">Ne plus le recevoir</button>' in page.content.decode()

    done = words_of(client.post(way_out))
    assert "C’est fait : le résumé quotidien ne vous sera plus envoyé." in done
    assert not wants(summed, "daily")


def test_forged_link_does_not_exist(client, way_out, summed):
    forged = way_out.replace(f"{summed.pk}-daily", f"{summed.pk + 1}-daily")

    assert forged != way_out
    for address in (forged, way_out[:-2] + "/", "/courriels/resumes/x/"):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert wants(summed, "daily")
