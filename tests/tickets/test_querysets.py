"""What each person may see, and what she reads as staff: the door of everything else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from categories.enums import RoleKind
from categories.roles import grant_role
from tests.factories import (
    PATHS,
    BranchFactory,
    LeafFactory,
    PersonFactory,
    file_ticket,
    handler_on,
    move,
    ticket_in,
)
from tickets.models import Ticket, TicketEvent


@pytest.fixture
def deep_alert(alert, service):
    """A leaf below a confidential theme."""
    return LeafFactory(slug="sous-signalement", parent=alert, service=service)


@pytest.fixture
def requests_of(lea, marc, transcripts, late_enrolment, alert, deep_alert, refunds):
    """Return one request a place: name of the place → request."""
    return {
        "transcripts": file_ticket(lea, transcripts),
        "late_enrolment": file_ticket(lea, late_enrolment),
        "alert": file_ticket(lea, alert),
        "deep_alert": file_ticket(lea, deep_alert),
        "refunds": file_ticket(marc, refunds),
    }


@pytest.fixture
def people(lea, marc, ines, oscar, claire, mathilde, bruno, adam, alert, deep_alert, requests_of):
    """Return the cast, with a handler of the confidential theme, and one of what is below it."""
    everybody = {p.first_name.lower(): p for p in (marc, ines, oscar, claire, mathilde, bruno, adam)}
    return everybody | {
        "lea": lea,
        "guardian": handler_on(alert),
        "chief": handler_on(deep_alert, RoleKind.MANAGER),
        "nobody": AnonymousUser(),
    }


def places(tickets, requests_of):
    """Return the names of the places of `tickets`, in order."""
    names = {ticket.pk: name for name, ticket in requests_of.items()}
    return [names[ticket.pk] for ticket in tickets.order_by("pk")]


STUDIES = ["transcripts", "late_enrolment"]
CONFIDENTIAL = ["alert", "deep_alert"]
VISIBLE = {
    "lea": [*STUDIES, *CONFIDENTIAL],
    "marc": ["refunds"],
    "inès": [],
    "oscar": STUDIES,
    "claire": STUDIES,
    "mathilde": STUDIES,
    "bruno": ["refunds"],
    "adam": [*STUDIES, "refunds"],
    "guardian": CONFIDENTIAL,
    "chief": ["deep_alert"],
    "nobody": [],
}


@pytest.mark.parametrize("name", VISIBLE)
def test_visible_to(people, requests_of, name):
    assert places(Ticket.objects.visible_to(people[name]), requests_of) == VISIBLE[name]


OBSERVED = VISIBLE | {"lea": [], "marc": []}
HANDLED = OBSERVED | {"oscar": [], "adam": []}
NOTHING = {name: [] for name in VISIBLE}
MANAGED = NOTHING | {"mathilde": STUDIES, "chief": ["deep_alert"]}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(RoleKind.OBSERVER, OBSERVED), (RoleKind.HANDLER, HANDLED), (RoleKind.MANAGER, MANAGED)],
    ids=["observer", "handler", "manager"],
)
@pytest.mark.parametrize("name", VISIBLE)
def test_staffed_by(people, requests_of, name, kind, expected):
    assert places(Ticket.objects.staffed_by(people[name], kind), requests_of) == expected[name]


def test_nobody_reads_her_own_request_as_staff(claire, adam, transcripts):
    of_claire, of_adam = file_ticket(claire, transcripts), file_ticket(adam, transcripts)

    assert list(Ticket.objects.visible_to(claire)) == [of_adam, of_claire]
    assert list(Ticket.objects.staffed_by(claire)) == [of_adam]
    assert list(Ticket.objects.staffed_by(adam)) == [of_claire]


@pytest.mark.parametrize("name", ["lea", "claire", "adam"])
def test_inactive_person_sees_nothing(people, requests_of, name):
    person = people[name]
    assert Ticket.objects.visible_to(person).exists()

    person.is_active = False

    assert (list(Ticket.objects.visible_to(person)), list(Ticket.objects.staffed_by(person))) == ([], [])


def test_roles_add_up(claire, finances, people, requests_of):
    grant_role(claire, finances, RoleKind.OBSERVER)
    claire.refresh_from_db()

    assert places(Ticket.objects.staffed_by(claire), requests_of) == [*STUDIES, "refunds"]
    assert places(Ticket.objects.staffed_by(claire, RoleKind.HANDLER), requests_of) == STUDIES


def test_administrator_with_a_role_on_a_confidential_theme_reads_it(adam, alert, requests_of):
    grant_role(adam, alert, RoleKind.HANDLER)

    assert places(Ticket.objects.staffed_by(adam), requests_of) == list(requests_of)


def test_confidential_branch_hides_all_that_is_below(adam, claire, studies, service, lea):
    branch = BranchFactory(parent=studies, is_confidential=True)
    ticket = file_ticket(lea, LeafFactory(parent=branch, service=service))

    assert [list(Ticket.objects.visible_to(person)) for person in (claire, adam, lea)] == [[], [], [ticket]]


def test_role_below_a_confidential_theme_reaches_only_below(deep_alert, requests_of):
    observer = handler_on(deep_alert, RoleKind.OBSERVER)

    assert places(Ticket.objects.visible_to(observer), requests_of) == ["deep_alert"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["lea", "claire", "adam"])
def test_seeing_costs_one_query(people, transcripts, django_assert_num_queries, name, count):
    for _ in range(count):
        file_ticket(people["lea"], transcripts)

    with django_assert_num_queries(1):
        for ticket in Ticket.objects.visible_to(people[name]).with_people():
            str((ticket.category, ticket.service, ticket.requester, ticket.assignee))
    with django_assert_num_queries(0 if name == "lea" else 1):
        list(Ticket.objects.staffed_by(people[name]))


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_costs_two_queries(lea, claire, transcripts, django_assert_num_queries, count):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    for _ in range(count):
        move(ticket, "comment", lea)

    with django_assert_num_queries(2):
        for event in ticket.events.with_content():
            str((event.actor, event.words, list(event.attachments.all())))


def test_shared_events_leave_notes_out(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)
    move(ticket, "note", claire)
    move(ticket, "comment", claire)

    assert list(TicketEvent.objects.shared().values_list("kind", flat=True)) == ["submit", "comment"]


def test_by_reference_finds_the_one(lea, transcripts):
    ticket, _other = file_ticket(lea, transcripts), file_ticket(lea, transcripts)

    for text in (ticket.reference, ticket.reference.lower(), f"  {ticket.reference}\n"):
        assert list(Ticket.objects.by_reference(text)) == [ticket]


def test_by_reference_wants_the_whole_number(lea, transcripts):
    ticket = file_ticket(lea, transcripts)
    padded = f"{ticket.pk:06d}"
    wrong = [
        "",
        padded,
        f"TD-{ticket.year + 1}-{padded}",
        f"TD-{ticket.year}-{ticket.pk}",
        f"TD-{ticket.year}-{padded} ou plus",
        f"TD-{ticket.year}-" + "9" * 12,
        f"TD-{ticket.year}-" + "9" * 40,
        f"TD-{ticket.year}-٠٠٠٠٠{ticket.pk}",
    ]

    assert {text: list(Ticket.objects.by_reference(text)) for text in wrong} == {text: [] for text in wrong}


# The other request of a merged one is free.
OPEN = ["submitted", "submitted", "in_progress", "waiting", "postponed"]
ENDED = ["approved", "expired", "refused", "cancelled", "transmitted", "merged"]


@pytest.mark.parametrize(
    ("method", "statuses"),
    [("open", OPEN), ("ended", ENDED), ("expecting_requester", ["waiting", "closed"])],
)
def test_filters_by_status(db, method, statuses):
    handler = PersonFactory()
    theme = LeafFactory()
    grant_role(handler, theme, RoleKind.HANDLER)
    for status in PATHS:
        ticket_in(status, category=theme, handler=handler)

    kept = getattr(Ticket.objects, method)().values_list("status", flat=True)

    assert sorted(kept) == sorted(statuses)
