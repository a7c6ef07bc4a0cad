"""No request stays in the hands of somebody who may do nothing with it."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.services import set_person
from categories.enums import RoleKind
from categories.models import Category
from categories.roles import grant_role, revoke_role
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, move, ticket_in
from tickets.lifecycle.refusals import NotAllowedError
from tickets.models import Ticket, TicketEvent
from tickets.services.leaving import Handing, leave_theme
from tickets.services.stranded import free_stranded
from tickets.tasks import free_stranded as hourly


@pytest.fixture
def held(lea, claire, transcripts):
    """Requests Claire has: three that go on, one closed; and one that nobody has."""
    statuses = ("in_progress", "waiting", "postponed", "closed", "submitted")
    return {
        status: ticket_in(status, requester=lea, category=transcripts, handler=claire) for status in statuses
    }


def fates(held):
    """Return the status and the holder of each request, by what it was."""
    rows = {status: Ticket.objects.get(pk=ticket.pk) for status, ticket in held.items()}
    return {name: (row.status, row.assignee and row.assignee.first_name) for name, row in rows.items()}


STARTED = ("in_progress", "waiting", "postponed")
KEPT = {status: (status, "Claire") for status in (*STARTED, "closed")} | {"submitted": ("submitted", None)}
FREED = KEPT | dict.fromkeys(STARTED, ("submitted", None))


def test_what_somebody_may_do_stays_in_her_hands(held):
    assert free_stranded(timezone.now()) == []
    assert fates(held) == KEPT


def close_account(claire, studies, transcripts):
    set_person(claire, is_active=False, capacity="")


def make_confidential(claire, studies, transcripts):
    Category.objects.filter(pk=transcripts.pk).update(is_confidential=True)


def put_elsewhere(claire, studies, transcripts):
    Category.objects.filter(pk=transcripts.pk).update(parent=None)


def take_role_back(claire, studies, transcripts):
    revoke_role(claire.roles.get())


def make_observer(claire, studies, transcripts):
    grant_role(claire, studies, RoleKind.OBSERVER)


CAUSES = (close_account, make_confidential, put_elsewhere, take_role_back, make_observer)


@pytest.mark.parametrize("happens", CAUSES, ids=lambda cause: cause.__name__)
def test_what_she_may_do_no_more_is_free_again(held, claire, studies, transcripts, happens):
    happens(claire, studies, transcripts)

    hourly()

    assert fates(held) == FREED
    events = TicketEvent.objects.filter(kind="release")
    assert {(event.actor, event.ticket.status) for event in events} == {(None, "submitted")}
    assert free_stranded(timezone.now()) == []


def test_colleagues_and_requester_are_told(held, claire, colette, lea):
    set_person(claire, is_active=False, capacity="")

    free_stranded(timezone.now())

    told = OutgoingEmail.objects.filter(event__kind="release").values_list("recipient__first_name", flat=True)
    assert sorted(told) == ["Colette"] * 3 + ["Léa"] * 3


def test_closing_an_account_in_the_admin_frees_at_once(held, claire, adam, client_of):
    page = reverse("admin:accounts_user_change", args=[claire.pk])

    answer = client_of(adam).post(page, {"capacity": ""}, follow=True)

    assert fates(held) == FREED
    numbers = ", ".join(held[status].reference for status in STARTED)
    assert f"3 demandes remises à disposition : {numbers}." in answer.content.decode()


def test_making_a_theme_confidential_in_the_admin_frees_at_once(held, transcripts, adam, client_of):
    page = reverse("admin:categories_category_change", args=[transcripts.pk])
    browser = client_of(adam)
    shown = browser.get(page).context["adminform"].form
    asked = {
        name: value
        for name in shown.fields
        if (value := shown[name].value()) not in (None, "") and value is not False
    }

    answer = browser.post(page, asked | {"is_confidential": "on"}, follow=True)

    assert Category.objects.get(pk=transcripts.pk).is_confidential, answer.context["adminform"].form.errors
    assert fates(held) == FREED


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_request_taken_while_the_role_is_taken_back_is_found_by_the_next_run(lea, claire, transcripts):
    ticket, role = file_ticket(lea, transcripts), claire.roles.get()
    start = threading.Barrier(2)

    def take():
        start.wait(timeout=10)
        with suppress(NotAllowedError):  # when the role went first: as good
            move(ticket, "take", claire)
        connection.close()

    taker = threading.Thread(target=take)
    taker.start()
    start.wait(timeout=10)
    leave_theme(role, Handing.RELEASE)
    taker.join(timeout=30)

    free_stranded(timezone.now())

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == ("submitted", None)
