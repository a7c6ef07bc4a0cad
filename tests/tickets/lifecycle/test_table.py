"""The table of moves does what tests/tickets/lifecycle/table.txt says, cell by cell."""

import pytest

from categories.enums import RoleKind
from categories.roles import grant_role, revoke_role
from tests.factories import file_ticket, handler_on
from tests.tickets.lifecycle.grid import TABLE, grid, set_scene
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import TRANSITIONS


@pytest.fixture
def scene_of(late_enrolment):
    """Return a function that sets the stage around a request."""
    return lambda ticket, colleague: set_scene(ticket, colleague, late_enrolment)


def test_table_covers_every_move_and_every_status():
    assert {name: list(grid) for name, grid in TABLE.items()} == dict.fromkeys(TRANSITIONS, Status.values)


@pytest.fixture
def gone(studies):
    """Somebody who was in charge, and whose role was taken back."""
    person = handler_on(studies, RoleKind.MANAGER)
    revoke_role(person.roles.get())
    return person


@pytest.mark.parametrize("name", TABLE)
def test_move(name, scene_of, lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, transcripts):
    people = [lea, ines, oscar, colette, claire, mathilde, bruno, adam, gone, None]
    in_charge = [claire] * 8 + [gone, claire]
    ticket = file_ticket(lea, transcripts)

    assert grid(name, scene_of(ticket, colette), people, in_charge) == TABLE[name]


@pytest.mark.parametrize("name", TABLE)
def test_manager_who_files_is_a_requester_like_any_other(
    name, scene_of, transcripts, claire, colette, mathilde
):
    own = file_ticket(mathilde, transcripts)
    of_requesters = {status: [cells[0]] for status, cells in TABLE[name].items()}

    assert grid(name, scene_of(own, colette), [mathilde], [claire]) == of_requesters


@pytest.mark.parametrize("name", TABLE)
def test_former_assignee_with_a_role_elsewhere_has_nothing_left_here(
    name, scene_of, lea, gone, finances, refunds, transcripts, colette
):
    grant_role(gone, finances, RoleKind.MANAGER)
    ticket = file_ticket(lea, transcripts)
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), [gone], [gone]) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_inactive_handler_has_nothing_left(name, scene_of, lea, claire, colette, transcripts):
    ticket = file_ticket(lea, transcripts)
    claire.is_active = False
    claire.save(update_fields=["is_active"])
    nothing = {status: ["-"] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), [claire], [claire]) == nothing


@pytest.mark.parametrize("name", TABLE)
def test_confidential_theme_stops_the_roles_given_above(
    name, scene_of, lea, alert, oscar, colette, claire, mathilde, adam
):
    ticket = file_ticket(lea, alert)
    people = [oscar, colette, claire, mathilde, adam]
    # An administrator may say why she must read it: tests/tickets/test_admin_access.py.
    administrator = "." if name == "admin_access" else "-"
    nothing = {status: [*"----", administrator] for status in Status.values}

    assert grid(name, scene_of(ticket, colette), people, [claire] * 5) == nothing
