"""An abusive sending is flagged, judged by a manager, and never told to its author (CRPA, L112-11)."""

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests.factories import file_ticket, move
from tests.pages import words_of
from tickets.lifecycle.refusals import AlreadyReportedError, NotReportedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(lea, transcripts):
    return file_ticket(lea, transcripts)


def told(kind):
    return sorted(
        OutgoingEmail.objects.filter(event__kind=kind).values_list("recipient__first_name", flat=True)
    )


def test_manager_is_told_and_judges_and_the_requester_knows_nothing(client_of, ticket, lea, claire, mathilde):
    reported = move(ticket, "report_abuse", claire)
    confirmed = move(ticket, "confirm_abuse", mathilde)

    assert (reported.abuse, confirmed.abuse, confirmed.status) == ("reported", "confirmed", "submitted")
    assert (told("report_abuse"), told("confirm_abuse")) == (["Mathilde"], [])
    page = words_of(client_of(lea).get(ticket.get_absolute_url()))
    assert [words in page for words in ("abusive", "Abus", "Mille envois")] == [False, False, False]


def test_flag_is_cleared_before_or_after_it_was_confirmed(ticket, claire, mathilde):
    move(ticket, "report_abuse", claire)
    assert move(ticket, "clear_abuse", mathilde).abuse == ""

    move(ticket, "report_abuse", claire)
    move(ticket, "confirm_abuse", mathilde)
    assert move(ticket, "clear_abuse", mathilde).abuse == ""


def test_abuse_is_reported_once_and_judged_when_reported(ticket, claire, mathilde):
    with pytest.raises(NotReportedError):
        move(ticket, "confirm_abuse", mathilde)
    move(ticket, "report_abuse", claire)

    with pytest.raises(AlreadyReportedError):
        move(ticket, "report_abuse", mathilde)


@pytest.mark.parametrize(
    ("moves", "mark"),
    [(("report_abuse",), "Signalée abusive"), (("report_abuse", "confirm_abuse"), "Abus confirmé")],
)
def test_desk_marks_what_is_reported_until_it_is_cleared(client_of, ticket, lea, mathilde, moves, mark):
    pages = [
        reverse("admin:tickets_ticket_changelist"),
        reverse("admin:tickets_ticket_change", args=[ticket.pk]),
    ]

    def marks(person, addresses):
        return [b'class="flag' in client_of(person).get(address).content for address in addresses]

    assert marks(mathilde, pages) == [False, False]
    for name in moves:
        move(ticket, name, mathilde)

    assert marks(mathilde, pages) == [True, True]
    assert all(mark in words_of(client_of(mathilde).get(page)) for page in pages)
    assert marks(lea, ["/demandes/", ticket.get_absolute_url()]) == [False, False]
    move(ticket, "clear_abuse", mathilde)
    assert marks(mathilde, pages) == [False, False]
