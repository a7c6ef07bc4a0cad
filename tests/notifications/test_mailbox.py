"""The mailbox of the demonstration, and its absence elsewhere."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from notifications.models import OutgoingEmail
from tests import factories

in_the_demonstration = pytest.mark.urls("tests.notifications.demo_urls")


def test_there_is_no_mailbox_outside_the_demonstration(client, db):
    assert client.get("/demo/courriels/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:mailbox")


@in_the_demonstration
def test_mailbox_lists_mails_and_finds_by_address(client, lea, marc, transcripts):
    for person in (lea, marc):
        factories.file_ticket(person, transcripts)

    everybody = client.get("/demo/courriels/").context["mails"]
    hers = client.get("/demo/courriels/", {"a": "LEA.fontaine"}).context["mails"]

    assert [mail.recipient for mail in everybody] == [marc, lea]
    assert [mail.recipient for mail in hers] == [lea]


@in_the_demonstration
@pytest.mark.parametrize("count", [1, 3])
def test_mailbox_costs_two_queries(client, lea, transcripts, count, django_assert_num_queries):
    for _number in range(count):
        factories.file_ticket(lea, transcripts)

    with django_assert_num_queries(2):
        client.get("/demo/courriels/")


@in_the_demonstration
def test_mail_is_shown_as_text_and_in_a_sandbox(client, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts, message="<script>alert(1)</script>")
    mail = OutgoingEmail.objects.get()

    page = client.get(f"/demo/courriels/{mail.uuid}/")

    html = page.content.decode()
    address = f"http://127.0.0.1:8000/demandes/{ticket.reference}/"
    assert f'<a href="{address}"' in html
    assert "<script>alert" not in html
    assert re.search(r'<iframe[^>]*src="/demo/courriels/[0-9a-f-]+/html/"[^>]*sandbox="allow-popups', html)
    assert "unsafe" not in page.headers["Content-Security-Policy"]


@in_the_demonstration
def test_html_of_a_mail_may_do_nothing_but_follow_its_links(lea, transcripts):
    factories.file_ticket(lea, transcripts)
    mail = OutgoingEmail.objects.get()

    answer = Client().get(f"/demo/courriels/{mail.uuid}/html/")

    policy = dict(
        part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", policy["style-src"])
    assert policy["frame-ancestors"] == "'self'"
    assert "allow-scripts" not in policy["sandbox"]
    assert "allow-same-origin" not in policy["sandbox"]
    assert "unsafe" not in str(policy)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
