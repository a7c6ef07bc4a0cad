"""The acts offered on the page: one expected, some beside it, the others in a menu."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tickets.admin.actions import HELPS
from tickets.lifecycle.transitions import TRANSITIONS


@pytest.fixture
def page(client_of):
    """Return a function that opens the page of a request for a person."""

    def read(person, ticket):
        return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    return read


def names(buttons):
    return [button.move.name for button in buttons]


@pytest.mark.parametrize(
    ("person", "status", "expected", "frequent"),
    [
        ("colette", "submitted", "take", ["take_and_close", "take_and_ask", "assign"]),
        ("claire", "in_progress", "close", ["ask", "ask_items", "postpone", "refuse", "assign"]),
        ("claire", "postponed", "recall", ["ask", "ask_items", "postpone", "refuse", "assign"]),
        ("claire", "approved", None, ["reopen"]),
        ("oscar", "in_progress", None, []),
    ],
)
def test_one_act_is_expected_and_the_rare_ones_are_in_the_menu(
    person, status, expected, frequent, page, claire, lea, transcripts, request
):
    reader = request.getfixturevalue(person)
    ticket = factories.ticket_in(status, requester=lea, category=transcripts, handler=claire)

    response = page(reader, ticket)

    actions = response.context["actions"]
    assert (actions.expected.move.name if actions.expected else None) == expected
    assert names(actions.frequent) == frequent
    assert not {"move", "merge", "transmit"} & {*frequent, expected}
    assert ("Autres actions" in response.content.decode()) == bool(actions.others)


def test_menu_is_a_native_one_and_says_what_each_act_does(page, claire, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    html = page(claire, ticket).content.decode()

    menu = re.search(r'<details class="menu".*?</details>', html, re.DOTALL).group()
    assert re.search(r"<summary[^>]*>\s*Autres actions", menu)
    for name in ("release", "move", "merge", "transmit", "change_subject", "change_priority"):
        assert f'aria-describedby="aide-{name}"' in menu
        assert str(HELPS[name]) in menu


def test_helps_are_those_of_moves():
    assert set(HELPS) <= set(TRANSITIONS)


def test_origin_and_time_spent_are_shown_in_all_and_by_event(page, client_of, claire, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    factories.move(ticket, "close", claire, minutes=50)
    factories.move(ticket, "contest", lea)
    factories.move(ticket, "close", claire, minutes=30)

    staff = page(claire, ticket)

    text = staff.content.decode()
    assert staff.context["time_spent"] == "1\u00a0h\u00a020"
    assert [line for entry in staff.context["entries"] for line in entry.details if "Temps" in line] == [
        "Temps passé\u00a0: 50\u00a0min.",
        "Temps passé\u00a0: 30\u00a0min.",
    ]
    assert "Origine" in text
    assert "télé-service" in text
    assert "Temps passé" not in client_of(lea).get(ticket.get_absolute_url()).content.decode()


def test_possible_duplicates_come_first_with_a_way_to_join_them(
    page, client_of, claire, lea, transcripts, late_enrolment
):
    twin = factories.file_ticket(lea, transcripts, subject="Toujours mon relevé")
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    ended = factories.ticket_in("cancelled", requester=lea, category=transcripts, handler=claire)
    other = factories.file_ticket(lea, late_enrolment, subject="Inscription après la rentrée")

    rows = page(claire, ticket).context["others"]

    assert [(row.ticket, row.is_alike, bool(row.join_url)) for row in rows] == [
        (twin, True, True),
        (other, False, True),
        (ended, False, False),
    ]
    form = client_of(claire).get(rows[0].join_url).context["form"]
    assert form["other"].value() == twin.reference


def test_near_subjects_are_alike_whatever_the_theme(page, claire, lea, transcripts, late_enrolment):
    ticket = factories.file_ticket(lea, transcripts, subject="Relevé de notes du second semestre")
    twin = factories.file_ticket(lea, late_enrolment, subject="relevé de notes second semestre")

    assert [(row.ticket, row.is_alike) for row in page(claire, ticket).context["others"]] == [(twin, True)]


def test_observer_is_not_offered_to_join(page, oscar, lea, transcripts):
    ticket, _twin = (factories.file_ticket(lea, transcripts) for _each in range(2))

    assert [row.join_url for row in page(oscar, ticket).context["others"]] == [""]


def test_page_is_printed_by_a_button_and_read_as_the_requester_does(page, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    html = page(claire, ticket).content.decode()

    assert "data-print" in html
    assert f'href="{ticket.get_absolute_url()}"' in html
