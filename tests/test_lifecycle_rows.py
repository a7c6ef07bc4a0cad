"""Every row of the life of a request has a test that tells it."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.lifecycle_rows import BESIDES, DETAILS, MOVES, ROWS, STATUSES
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import TRANSITIONS

TESTS = Path(__file__).resolve().parent


@cache
def names_in(file):
    """Return the names of the tests a file holds."""
    tree = ast.parse(TESTS.joinpath(file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=" - ".join)
def test_row_has_tests_and_they_exist(row):
    missing = [one for one in ROWS[row] if one.partition("::")[2] not in names_in(one.partition("::")[0])]

    assert (len(ROWS[row]) > 0, missing) == (True, [])


def test_every_status_is_a_row():
    assert set(Status.values) <= set(STATUSES)


def test_every_move_is_a_row_or_the_detail_of_one():
    assert set(TRANSITIONS) == (set(MOVES) - set(BESIDES)) | set(DETAILS)
    assert set(DETAILS.values()) <= set(MOVES)
