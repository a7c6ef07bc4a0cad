"""Each mail is in the language of its reader, whoever did what it tells."""

import pytest
from django.utils.translation import override

from notifications import account_mails
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db


def languages():
    """Return (message, language of the header, of the page) of the mails written."""
    return [
        (mail.message, mail.headers["Content-Language"], mail.body_html.partition('<html lang="')[2][:2])
        for mail in OutgoingEmail.objects.order_by("message")
    ]


def english(person):
    person.language = "en"
    person.save()
    return person


def test_requester_and_staff_each_read_their_own(lea, claire, transcripts, time_machine):
    time_machine.move_to("2026-04-06T20:30:00+00:00", tick=False)
    english(lea)

    factories.file_ticket(lea, transcripts)

    assert languages() == [("receipt", "en", "en"), ("staff_news", "fr", "fr")]
    receipt = OutgoingEmail.objects.get(message="receipt").body_text
    assert ("Monday 6 April 2026 at 22:30" in receipt, "avril" in receipt) == (True, False)


def test_two_handlers_of_two_languages_read_two_mails(lea, claire, colette, transcripts):
    english(colette)

    factories.file_ticket(lea, transcripts)

    written = OutgoingEmail.objects.filter(message="staff_news")
    assert {mail.recipient: mail.headers["Content-Language"] for mail in written} == {
        claire: "fr",
        colette: "en",
    }


def test_the_page_somebody_reads_does_not_decide_for_those_who_are_told(lea, claire, transcripts):
    with override("en"):
        factories.file_ticket(lea, transcripts)

    assert languages() == [("receipt", "fr", "fr"), ("staff_news", "fr", "fr")]


def test_a_mail_of_an_account_is_in_the_language_asked_for():
    account_mails.send("account_exists", to="x@example.org", context={"first_name": ""}, language="en")

    assert languages() == [("account_exists", "en", "en")]
