"""A request joined to another: both tell of it, both are read from either, as far as each reader may."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from categories.enums import RoleKind
from categories.roles import grant_role
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, move, pdf, ticket_in
from tests.pages import words_of
from tickets.lifecycle.refusals import MoveRefusedError, TooLateError, UnsuitableRequestError
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(lea, transcripts):
    return file_ticket(
        lea, transcripts, subject="Premier envoi", message="Le texte du premier.", files=[pdf()]
    )


@pytest.fixture
def second(lea, transcripts):
    return file_ticket(lea, transcripts, subject="Second envoi", message="Le texte du second.")


def kinds(ticket):
    return list(ticket.events.order_by("sequence").values_list("kind", flat=True))


def test_both_requests_tell_of_the_joining_and_of_the_parting(first, second, claire):
    joined = move(second, "merge", claire, other=first)

    assert (joined.status, joined.merged_into) == ("merged", first)
    assert (kinds(first), kinds(second)) == (["submit", "receive"], ["submit", "merge"])

    parted = move(second, "unmerge", claire)

    assert (parted.status, parted.merged_into, parted.assignee) == ("submitted", None, None)
    assert (kinds(first)[-1], kinds(second)[-1]) == ("lose", "unmerge")
    told = OutgoingEmail.objects.filter(recipient=first.requester).values_list("message", flat=True)
    assert sorted(told) == ["merged", "receipt", "receipt", "unmerged"]


def test_parting_gives_back_to_whoever_had_it(first, lea, claire, colette, transcripts):
    second = ticket_in("waiting", requester=lea, category=transcripts, handler=claire)
    move(second, "merge", colette, other=first)

    parted = move(second, "unmerge", colette)

    assert (parted.status, parted.assignee) == ("in_progress", claire)


def test_parting_is_too_late_after_a_day(first, second, claire):
    move(second, "merge", claire, other=first)
    later = timezone.now() + timedelta(hours=24, minutes=1)

    with pytest.raises(TooLateError):
        move(second, "unmerge", claire, at=later)


@pytest.mark.parametrize("why", ["itself", "of somebody else", "ended", "not handled"])
def test_what_cannot_take_another_is_refused(why, second, lea, marc, claire, transcripts, refunds):
    others = {
        "itself": lambda: second,
        "of somebody else": lambda: file_ticket(marc, transcripts),
        "ended": lambda: ticket_in("refused", requester=lea, category=transcripts, handler=claire),
        "not handled": lambda: file_ticket(lea, refunds),
    }

    with pytest.raises(UnsuitableRequestError):
        move(second, "merge", claire, other=others[why]())
    second.refresh_from_db()
    assert second.status == "submitted"


def test_requester_reads_both_from_either(client_of, first, second, lea, claire):
    move(second, "merge", claire, other=first)
    browser = client_of(lea)

    pages = [words_of(browser.get(one.get_absolute_url())) for one in (first, second)]

    for page in pages:
        assert [words in page for words in ("Le texte du premier.", "Le texte du second.")] == [True, True]
    assert f"demande {second.reference}" in pages[0]
    files = first.attachments.get().get_absolute_url()
    assert files in browser.get(second.get_absolute_url()).content.decode()


def test_staff_read_of_the_other_only_what_they_may_see(client_of, first, lea, claire, bruno, refunds):
    second = file_ticket(lea, refunds, message="Un remboursement.")
    grant_role(claire, refunds, RoleKind.HANDLER)
    move(second, "merge", claire, other=first)
    page = reverse("admin:tickets_ticket_change", args=[second.pk])

    seen = {person.first_name: words_of(client_of(person).get(page)) for person in (claire, bruno)}

    assert {name: "Le texte du premier." in words for name, words in seen.items()} == {
        "Claire": True,
        "Bruno": False,
    }


def test_mails_hold_nothing_of_the_other_request(first, lea, claire, alert):
    second = file_ticket(lea, alert, message="Des mots confidentiels.")
    grant_role(claire, alert, RoleKind.HANDLER)
    move(second, "merge", claire, other=first)

    move(first, "comment", claire)

    mail = OutgoingEmail.objects.filter(recipient=lea, message="commented").get()
    assert "Des mots confidentiels." not in mail.body_text + mail.body_html


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_joined_request_costs_the_same(
    client_of, first, lea, claire, transcripts, count, django_assert_num_queries
):
    for _one in range(count):
        move(file_ticket(lea, transcripts), "merge", claire, other=first)
    browser = client_of(lea)
    browser.get(first.get_absolute_url())

    # Two of them: which of the requests named, here and there, she sees.
    with django_assert_num_queries(15):
        browser.get(first.get_absolute_url())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_requests_joined_to_each_other_at_once_leave_one_open(first, second, claire):
    refused = []

    def join(one, other):
        try:
            move(one, "merge", claire, other=other)
        except MoveRefusedError as refusal:
            refused.append(refusal)
        connection.close()

    threads = [Thread(target=join, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert sorted(Ticket.objects.values_list("status", flat=True)) == ["merged", "submitted"]
