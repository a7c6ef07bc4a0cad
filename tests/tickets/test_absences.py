"""What an absence changes for requests: who is given them, who is told, what the page says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from categories.absences import note_absence
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, handler_on, move


def away(person, substitute=None):
    day = timezone.localdate()
    return note_absence(
        person, by=person, first_day=day, last_day=day + timedelta(days=7), substitute=substitute
    )


def told(kind):
    mails = OutgoingEmail.objects.filter(event__kind=kind, message="staff_news")
    return sorted(mail.recipient.first_name for mail in mails)


@pytest.mark.parametrize("rule", ["first_available", "in_turn", "least_loaded"])
def test_new_requests_are_given_to_those_who_are_there(lea, transcripts, claire, colette, rule):
    transcripts.assignment_rule = rule
    transcripts.save(update_fields=["assignment_rule"])
    away(colette)
    others = [file_ticket(lea, transcripts).assignee for _each in range(2)]
    away(claire)

    alone = file_ticket(lea, transcripts)

    alone.refresh_from_db()
    assert others == [claire, claire]
    assert (alone.assignee, alone.status) == (None, "submitted")


def test_substitute_is_told_what_whoever_is_in_charge_is_told(lea, transcripts, claire, colette):
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    away(claire, colette)

    move(ticket, "comment", lea)

    assert told("comment") == ["Claire", "Colette"]


def test_substitute_who_may_not_act_on_the_theme_is_told_nothing(lea, transcripts, claire, bruno, oscar):
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    away(claire, bruno)
    first = move(ticket, "comment", lea)
    assert (first.pk, told("comment")) == (ticket.pk, ["Claire"])


def test_substitute_of_somebody_who_is_back_is_told_nothing(lea, transcripts, claire, colette):
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    absence = away(claire, colette)
    absence.first_day -= timedelta(days=9)
    absence.last_day = timezone.localdate() - timedelta(days=1)
    absence.save()

    move(ticket, "comment", lea)

    assert told("comment") == ["Claire"]


def test_substitute_is_not_told_of_her_own_acts_nor_of_her_own_request(lea, transcripts, claire, colette):
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    own = move(file_ticket(colette, transcripts), "take", claire)
    away(claire, colette)

    move(ticket, "note", colette)
    assert told("note") == ["Claire"]
    move(own, "note", handler_on(transcripts))
    assert told("note") == ["Claire", "Claire"]


def test_page_says_until_when_and_who_stands_in(lea, transcripts, claire, colette, client_of):
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    browser, address = client_of(colette), reverse("admin:tickets_ticket_change", args=[ticket.pk])
    before = browser.get(address).content.decode()

    away(claire, colette)

    after = browser.get(address).content.decode()
    assert "absence jusqu’au" not in before
    assert "remplacement par Colette Roux" in after
    assert "absence jusqu’au" not in client_of(lea).get(ticket.get_absolute_url()).content.decode()
