"""An answer by mail to an ended request is kept, and its author is offered, once, what may still be done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.inbound.addresses import reply_address
from notifications.inbound.reception import receive
from notifications.models import Fate, OutgoingEmail
from tests import factories
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
OFFER = "Ce message ne rouvre pas votre demande"


@pytest.fixture
def ended(lea, claire, late_enrolment):
    """Return a function that gives a request of hers in a status, ended for some days."""

    def make(status, days=0):
        ticket = factories.ticket_in(status, requester=lea, category=late_enrolment, handler=claire)
        if days:
            Ticket.objects.filter(pk=ticket.pk).update(ended_at=timezone.now() - timedelta(days=days))
        return Ticket.objects.get(pk=ticket.pk)

    return make


def answered(ticket, letter, person=None):
    """Have the mail of the request answered; return the row and what its author received then."""
    author = person or ticket.requester
    before = OutgoingEmail.objects.filter(recipient=author).count()
    row = receive(letter("Et ma bourse ?", person=author, To=reply_address(ticket.pk, author.pk)))
    mails = OutgoingEmail.objects.filter(recipient=author).order_by("pk")[before:]
    return row, list(mails)


@pytest.mark.parametrize(
    ("status", "days", "words", "place"),
    [
        ("closed", 0, "contestez la clôture au plus tard le", "contester/"),
        ("approved", 3, "rouvrez-la", "rouvrir/"),
        ("cancelled", 3, "rouvrez-la", "rouvrir/"),
        ("approved", 40, "une nouvelle demande, liée à celle-ci", ""),
    ],
    ids=["closed", "approved", "withdrawn", "long ago"],
)
def test_author_is_offered_what_may_still_be_done_in_one_mail(
    ended, letter, settings, status, days, words, place
):
    ticket = ended(status, days)

    row, mails = answered(ticket, letter)

    assert (row.fate, row.event.words) == (Fate.APPLIED, "Et ma bourse ?")
    assert [mail.message for mail in mails] == ["commented"]
    text = " ".join(mails[0].body_text.split())
    assert (OFFER in text, words in text) == (True, True)
    link = f"{settings.SITE_URL}{ticket.get_absolute_url()}{place}"
    assert f"{link}\n" in mails[0].body_text
    assert f'href="{link}"' in mails[0].body_html
    assert Ticket.objects.get(pk=ticket.pk).status == status


def test_link_opens_a_page_and_does_nothing(client_of, ended, letter, lea):
    ticket = ended("closed")
    answered(ticket, letter)

    assert client_of(lea).get(f"{ticket.get_absolute_url()}contester/").status_code == 200
    assert Ticket.objects.get(pk=ticket.pk).status == "closed"


@pytest.mark.parametrize("status", ["in_progress", "waiting", "transmitted"])
def test_nothing_is_offered_where_nothing_may_be_done_or_is_needed(ended, letter, status):
    _row, [mail] = answered(ended(status), letter)

    assert OFFER not in " ".join(mail.body_text.split())


def test_words_of_staff_and_of_somebody_invited_offer_nothing(ended, letter, lea, marc, claire):
    ticket = ended("closed")
    factories.invite(ticket, marc)
    row, mails = answered(ticket, letter, marc)
    factories.move(ticket, "comment", claire)

    assert (row.fate, mails) == (Fate.APPLIED, [])
    to_her = OutgoingEmail.objects.filter(recipient=lea, event__kind="comment")
    assert to_her.count() == 2
    assert [OFFER in " ".join(mail.body_text.split()) for mail in to_her] == [False, False]
