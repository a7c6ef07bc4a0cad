"""Figures on mails: what is counted, for whom, at what cost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from notifications.mail_figures import figures_of, seconds_words
from notifications.models import MailState, OutgoingEmail
from notifications.services import resend
from tests import factories
from tests.pages import words_of

PAGE = reverse("admin:mail_figures")
NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def mail(*, after=None, at=NOON, **fields):
    words = {"message": "taken", "to": "lea@example.org", "subject": "S", "body_text": "T"}
    if after is not None:
        fields |= {"state": MailState.SENT, "sent_at": at + timedelta(seconds=after), "answer": "250 Pris"}
    return OutgoingEmail.objects.create(**(words | {"created_at": at} | fields))


def lines_of(rank, days=7):
    figure = figures_of(OutgoingEmail.objects.all(), days)[rank]
    return {line.label: line.cells for line in figure.lines if any(line.cells)}


def test_sent_are_counted_by_the_day_of_paris(db):
    before_midnight = NOON.replace(hour=23, minute=59) - timedelta(days=1)
    mail(after=1)
    mail(after=1, is_legal=True)
    mail(after=120, at=before_midnight)
    mail(after=1, at=before_midnight)
    mail(after=1, at=NOON - timedelta(days=8))
    mail()

    assert lines_of(0) == {"19 novembre 2026": [0, 1], "20 novembre 2026": [1, 2]}


def test_states_tell_what_waits_from_what_was_put_off(db):
    mail()
    mail(attempts=2)
    mail(attempts=1, state=MailState.SENDING, claimed_until=NOON)
    mail(state=MailState.FAILED)
    mail(state=MailState.CANCELLED)
    mail(after=3)

    assert lines_of(1) == {
        "envoyés": [1],
        "en attente d’un premier envoi": [1],
        "remis à plus tard par le serveur": [2],
        "en échec": [1],
        "arrêtés ou annulés": [1],
    }


def test_delay_is_from_written_to_sent_and_leaves_out_what_was_sent_again(db, adam):
    for seconds in (1, 2, 3, 600):
        mail(after=seconds)
    again = mail(after=1, at=NOON - timedelta(days=90))
    resend([again.pk], by=adam)
    OutgoingEmail.objects.filter(pk=again.pk).update(state=MailState.SENT, sent_at=NOON)

    assert lines_of(2) == {"20 novembre 2026": ["2,5 s", "7\u00a0min"]}


def test_answers_are_gathered_by_code(db):
    mail(after=1)
    mail(after=1)
    mail(state=MailState.FAILED, answer="550 5.1.1 Inconnue")
    mail(attempts=1, answer="ConnectionRefusedError: 111")
    mail(attempts=1, answer="TimeoutError: timed out")
    mail()

    assert lines_of(3) == {
        "sans code": [2, "TimeoutError: timed out"],
        "250": [2, "250 Pris"],
        "550": [1, "550 5.1.1 Inconnue"],
    }


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0,0 s"), (2.46, "2,5 s"), (61, "1 min"), (7200, "2 h 00")]
)
def test_short_delays_are_said_in_seconds(seconds, words):
    assert seconds_words(seconds).replace("\u00a0", " ") == words


@pytest.mark.parametrize("person", ["claire", "bruno"])
def test_page_counts_the_mails_one_reads(person, client_of, request, lea, transcripts):
    reader = request.getfixturevalue(person)
    factories.file_ticket(lea, transcripts)
    OutgoingEmail.objects.update(state=MailState.SENT, sent_at=NOON, answer="250 Pris")

    page = words_of(client_of(reader).get(PAGE))

    assert ("250 Pris" in page) == (person == "claire")


def test_page_is_for_staff_and_asks_the_same_queries_whatever_it_counts(
    client_of, lea, claire, django_assert_num_queries
):
    assert client_of(lea).get(PAGE).status_code == 404
    browser = client_of(claire)
    mail(after=1)
    for jours in ("7", "30", "90", "1 or 1=1"):
        with django_assert_num_queries(6):
            response = browser.get(PAGE, {"jours": jours})
        assert response.status_code == 200
    assert [is_current for _url, _label, is_current in response.context["periods"]] == [False, True, False]
