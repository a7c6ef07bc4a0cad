"""What seed_corpus writes around the services is what the services would have left."""

from itertools import pairwise

import pytest
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import User
from notifications.audiences import told_of
from notifications.models import OutgoingEmail
from notifications.rules import Audience
from teledemande.corpus.people import OVERSEER
from tests.teledemande.corpus.conftest import TICKETS
from tests.tickets.lifecycle.walks.sound import last_speaker
from tickets.lifecycle.enums import FINAL, Status
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Attachment, SearchDocument, Ticket, TicketAnswers, TicketEvent, TicketMessage
from tickets.search.indexing import index_event
from tickets.search.matching import tickets_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("corpus")]

MODELS = (
    *(User, Ticket, TicketAnswers, TicketEvent, TicketMessage),
    *(Attachment, SearchDocument, OutgoingEmail),
)


# The corpus writes to those concerned, not to whoever works on the theme.
NOT_WRITTEN = (Audience.HANDLERS, Audience.HANDLERS_AT_CREATION, Audience.HANDLERS_OF_ALL)


def all_tickets():
    return Ticket.objects.with_people().order_by("pk")


def events_of(ticket):
    return list(ticket.events.select_related("actor").order_by("sequence"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rows_satisfy_fields_and_constraints(model):
    rows = model._default_manager.order_by("pk")[::5]

    assert len(rows) > 5
    for row in rows:
        row.full_clean(exclude=["before", "after", "headers", "values", "absences", "beneficiary"])


def test_every_request_is_written_with_its_numbers_in_order():
    tickets = list(all_tickets())

    assert len(tickets) == TICKETS
    assert tickets == sorted(tickets, key=lambda ticket: ticket.submitted_at)
    assert not [ticket for ticket in tickets if ticket.year != ticket.submitted_at.year]


def test_events_are_numbered_begin_with_one_filing_and_go_forward():
    for ticket in all_tickets():
        events = events_of(ticket)

        assert [event.sequence for event in events] == list(range(1, ticket.event_count + 1))
        assert [event.kind for event in events if event.kind == "submit"] == [events[0].kind]
        assert all(before.at < after.at for before, after in pairwise(events))
        assert (ticket.submitted_at, ticket.updated_at) == (events[0].at, events[-1].at)


def holds_as_told(event):
    """Whether the person in charge after `event` is the one its move leaves."""
    before, after = event.before["assignee_id"], event.after["assignee_id"]
    match event.kind:
        case "take":
            return after == event.actor_id
        case "release":
            return after is None
        case "assign":
            return after not in (None, before, event.actor_id)
    return after == before


def test_events_are_moves_of_the_table_made_by_who_may():
    for ticket in all_tickets():
        status, assignee_id = Status.SUBMITTED, None
        for event in events_of(ticket)[1:]:
            move = TRANSITIONS[event.kind]
            ticket.status, ticket.assignee_id = event.before["status"], event.before["assignee_id"]

            assert (ticket.status, ticket.assignee_id) == (status, assignee_id)
            assert move.starts_from(ticket.status)
            assert move.who(standing_of(event.actor, ticket)), (event.kind, event.actor)
            status, assignee_id = event.after["status"], event.after["assignee_id"]
            assert move.target in (None, status)
            assert holds_as_told(event)


def test_request_is_where_its_last_event_left_it():
    for ticket in all_tickets():
        *_earlier, last = events_of(ticket)
        after = last.after if last.kind != "submit" else {"status": "submitted"}

        assert ticket.status == after["status"]
        assert ticket.assignee_id == after.get("assignee_id")
        assert ticket.outcome == after.get("outcome", "")
        assert ticket.last_speaker_id == last_speaker(events_of(ticket))
        assert ticket.ended_at == (last.at if ticket.status in FINAL else None)
        assert (ticket.closed_at is not None) == (ticket.status in ("closed", "approved", "expired"))


def test_search_documents_are_those_of_the_services():
    written = list(SearchDocument.objects.order_by("ticket", "is_internal").values_list("ticket", "text"))
    SearchDocument.objects.all().delete()

    for ticket in all_tickets():
        for event in events_of(ticket):
            index_event(event, list(event.attachments.order_by("pk")))

    again = SearchDocument.objects.order_by("ticket", "is_internal").values_list("ticket", "text")
    assert list(again) == written


def test_mails_go_to_people_the_rules_name_with_their_message():
    for event in TicketEvent.objects.filter(ticket__in=all_tickets()[::4]).select_related("ticket"):
        event.ticket.assignee_id = event.after.get("assignee_id")
        told = dict(told_of(event))
        expected = {person.pk: rule for person, rule in told.items() if rule.audience not in NOT_WRITTEN}

        assert set(event.mails.values_list("recipient", flat=True)) == set(expected)


def test_mail_of_a_confidential_theme_says_nothing():
    mails = OutgoingEmail.objects.filter(ticket__category__is_confidential=True)
    text = TicketMessage.objects.filter(event__ticket__category__is_confidential=True)

    assert text.exists()
    assert set(mails.values_list("message", flat=True)) == {"confidential", "staff_confidential"}
    assert not [mail for mail in mails for words in text if words.text in mail.body_text]


def test_files_belong_to_who_joined_them():
    strays = Attachment.objects.exclude(
        Q(owner=F("event__actor")) & Q(ticket=F("event__ticket")) & Q(created_at=F("event__at"))
    )

    assert Attachment.objects.exists()
    assert not strays.exists()


def test_nobody_of_the_corpus_can_log_in():
    assert not [person for person in User.objects.all() if person.has_usable_password()]


def test_pages_show_requests_of_every_kind(client_of):
    open_ones = all_tickets().filter(category__is_confidential=False)
    shown = [*open_ones.exclude(status__in=FINAL), *open_ones.filter(status__in=FINAL)[::30]]
    staff = client_of(User.objects.get(capacity=OVERSEER))

    assert len({ticket.status for ticket in shown}) >= 5
    for ticket in shown:
        page = client_of(ticket.requester).get(ticket.get_absolute_url())
        staff_page = staff.get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

        assert (page.status_code, staff_page.status_code) == (200, 200)
        assert len(staff_page.context["entries"]) == ticket.event_count
        assert len(page.context["entries"]) == ticket.events.shared().count()


def test_lists_hold_the_requests(client_of):
    staff = client_of(User.objects.get(capacity=OVERSEER))
    requester = all_tickets().last().requester

    rows = staff.get(reverse("admin:tickets_ticket_changelist")).context["cl"].rows
    mine = client_of(requester).get(reverse("tickets:dashboard")).context

    latest = all_tickets().filter(category__is_confidential=False).order_by("-submitted_at", "-pk")
    assert [row.ticket for row in rows] == list(latest[:30])
    held = [*mine["expected"], *mine["under_way"], *mine["page_obj"]]
    assert {ticket.pk for ticket in held} == set(requester.tickets.values_list("pk", flat=True))


def test_number_of_a_request_is_a_rare_word():
    message = TicketMessage.objects.filter(event__kind="submit", text__contains="numéro D1").last()
    number = message.text.partition("numéro ")[2].partition(".")[0]
    ticket = message.event.ticket

    assert list(tickets_with(number, reader=ticket.requester)) == [ticket]


def test_people_ask_several_times_and_nobody_all_the_time():
    counts = User.objects.annotate(asked=Count("tickets")).filter(asked__gt=0).values_list("asked", flat=True)

    assert len(counts) > TICKETS / 10
    assert max(counts) < TICKETS / 2
