"""Taking several requests at once: each through the one function, and a report in words."""

import pytest
from django.urls import reverse

from categories.enums import Priority
from tests import factories
from tickets.lifecycle.enums import Status
from tickets.models import TicketEvent


@pytest.fixture
def take(client_of):
    """Return a function that ticks requests and presses the button; it gives the message shown."""

    def press(person, tickets, **more):
        answers = {
            "action": "take_selected",
            "index": "0",
            "_selected_action": [t.pk for t in tickets],
        } | more
        address = reverse("admin:tickets_ticket_changelist")
        response = client_of(person).post(address, answers, follow=True)
        return [str(message) for message in response.context["messages"]]

    return press


def test_all_are_taken(take, claire, lea, transcripts):
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(2)]

    assert take(claire, tickets) == ["Prise en charge : 2 faites."]
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, claire)


def test_refusals_are_counted_with_their_reason(take, claire, lea, transcripts):
    free = factories.file_ticket(lea, transcripts)
    ended = [factories.ticket_in("cancelled", requester=lea, category=transcripts) for _each in range(2)]

    assert take(claire, [free, *ended]) == [
        "Prise en charge : 1 faite, 2 refusées : La demande a changé entre-temps : cette action n’est plus "
        f"possible. Rien n’a été modifié. ({ended[0].reference}, {ended[1].reference})"
    ]


def test_of_many_refused_for_one_reason_the_first_are_named(take, claire, lea, transcripts, monkeypatch):
    monkeypatch.setattr("tickets.admin.bulk._NAMED_AT_MOST", 1)
    ended = [factories.ticket_in("cancelled", requester=lea, category=transcripts) for _each in range(3)]

    (report,) = take(claire, ended)

    assert report.endswith(f"Rien n’a été modifié. ({ended[0].reference} et 2 autres)")


def test_observer_takes_nothing(take, oscar, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    assert take(oscar, [ticket]) == [
        "Prise en charge : aucune faite, 1 refusée : Vous ne pouvez pas faire cette action sur cette "
        f"demande. ({ticket.reference})"
    ]
    ticket.refresh_from_db()
    assert ticket.status == Status.SUBMITTED


def test_requests_of_another_theme_are_not_reached(take, bruno, lea, transcripts, refunds):
    theirs, mine = factories.file_ticket(lea, transcripts), factories.file_ticket(lea, refunds)

    assert take(bruno, [theirs, mine]) == ["Prise en charge : 1 faite."]
    theirs.refresh_from_db()
    assert theirs.assignee is None


def test_too_many_at_once_is_refused_whole(take, claire, lea, transcripts, monkeypatch):
    monkeypatch.setattr("tickets.admin.bulk.AT_MOST", 1)
    tickets = [factories.file_ticket(lea, transcripts) for _each in range(2)]

    assert take(claire, tickets[:1], select_across="1") == ["Choisissez au plus 1 demandes à la fois."]
    assert {type(ticket).objects.get(pk=ticket.pk).status for ticket in tickets} == {Status.SUBMITTED}


# --- moves that ask something ----------------------------
@pytest.fixture
def started(claire, lea, transcripts):
    """Two requests Claire has in charge."""
    return [
        factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
        for _each in range(2)
    ]


@pytest.fixture
def press(client_of):
    """Return a function that ticks requests, presses the button `action`, and answers what the page asks."""

    def make(person, action, tickets, /, **answers):
        browser, address = client_of(person), reverse("admin:tickets_ticket_changelist") + "?vue=toutes"
        ticked = {"action": action, "index": "0", "_selected_action": [ticket.pk for ticket in tickets]}
        asking = browser.post(address, ticked)
        posted = ticked | {"answered": "1", "key": str(asking.context["key"])} | answers
        return asking, browser.post(address, posted, follow=True)

    return make


def said(response):
    return [str(message) for message in response.context["messages"]]


MOVES = {
    "assign_selected": lambda colette, other: {"assignee": colette.pk, "message": "Bonne lecture"},
    "release_selected": lambda colette, other: {"message": ""},
    "weigh_selected": lambda colette, other: {"priority": Priority.URGENT.value},
    "transfer_selected": lambda colette, other: {"category": other.pk, "message": "Plutôt pour vous"},
}
REPORTS = {
    "assign_selected": ("assign", "Attribution : 2 faites."),
    "release_selected": ("release", "Libération : 2 faites."),
    "weigh_selected": ("change_priority", "Changement de priorité : 2 faites."),
    "transfer_selected": ("move", "Transfert : 2 faites."),
}


@pytest.mark.parametrize("action", MOVES)
def test_each_move_asks_then_is_made_on_all(action, press, started, claire, colette, late_enrolment):
    asking, done = press(claire, action, started, **MOVES[action](colette, late_enrolment))

    move, report = REPORTS[action]
    assert asking.context["tickets"] == started
    assert said(done) == [report]
    assert done.redirect_chain == [(reverse("admin:tickets_ticket_changelist") + "?vue=toutes", 302)]
    assert TicketEvent.objects.filter(kind=move, ticket__in=started, actor=claire).count() == 2


def test_what_is_missing_is_asked_again_and_nothing_is_done(press, started, claire):
    _asking, again = press(claire, "weigh_selected", started, priority="")

    assert again.context["form"].errors == {"priority": ["Choisissez la priorité."]}
    assert b"Erreur" in again.content
    assert not TicketEvent.objects.filter(kind="change_priority").exists()


def test_form_sent_twice_does_each_move_once(press, client_of, started, claire):
    asking, _done = press(claire, "weigh_selected", started, priority="4")
    again = {
        "action": "weigh_selected",
        "index": "0",
        "_selected_action": [ticket.pk for ticket in started],
        "answered": "1",
        "key": str(asking.context["key"]),
        "priority": "4",
    }

    client_of(claire).post(reverse("admin:tickets_ticket_changelist"), again)

    assert TicketEvent.objects.filter(kind="change_priority").count() == 2


def test_some_are_refused_and_the_others_done(press, started, claire, colette, lea, transcripts):
    theirs = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=colette)

    _asking, done = press(claire, "release_selected", [*started, theirs], message="")

    assert said(done) == [
        "Libération : 2 faites, 1 refusée : Vous ne pouvez pas faire cette action sur cette "
        f"demande. ({theirs.reference})"
    ]
    theirs.refresh_from_db()
    assert theirs.assignee == colette


def test_colleagues_offered_are_those_of_the_themes_chosen(
    press, started, claire, colette, mathilde, oscar, bruno
):
    asking, refused = press(claire, "assign_selected", started, assignee=bruno.pk)

    assert set(asking.context["form"].fields["assignee"].queryset) == {claire, colette, mathilde}
    assert list(refused.context["form"].errors) == ["assignee"]


def test_what_left_the_view_meanwhile_is_refused_not_forgotten(client_of, claire, colette, lea, transcripts):
    ticket = factories.ticket_in("cancelled", requester=lea, category=transcripts)
    answers = {"action": "take_selected", "index": "0", "_selected_action": [ticket.pk]}
    address = reverse("admin:tickets_ticket_changelist") + "?vue=a-prendre"

    report = said(client_of(claire).post(address, answers, follow=True))

    assert len(report) == 1
    assert report[0].startswith("Prise en charge : aucune faite, 1 refusée")
