"""A form goes to JSON and comes back the same; what is no form is refused."""

import json

import pytest
from hypothesis import given

from categories.questionnaire.definition import (
    EMPTY,
    MalformedDefinitionError,
    read_definition,
    write_definition,
)
from tests.categories.questionnaire.strategies import ANY_FORM


@given(ANY_FORM)
def test_form_comes_back_from_json_the_same(form):
    assert read_definition(json.loads(json.dumps(write_definition(form)))) == form


def test_empty_form_is_written_empty():
    assert write_definition(EMPTY) == {}
    assert read_definition({}) == EMPTY


@pytest.mark.parametrize(
    "data",
    [
        {"questions": [{"name": "q"}]},
        {"questions": [{"name": "q", "label": "Q", "kind": "telepathy"}]},
        {"questions": [{"name": "q", "label": "Q", "kind": "number", "colour": "red"}]},
        {"questions": ["q"]},
        {"questions": 3},
        {"pieces": [{"name": "p", "label": "P", "requirement": "whim"}]},
        {"questions": [{"name": "q", "label": "Q", "kind": "number", "condition": {"operator": "is"}}]},
        [],
        None,
    ],
    ids=["no kind", "kind", "key", "text", "number", "requirement", "condition", "list", "nothing"],
)
def test_what_is_no_form_is_refused(data):
    with pytest.raises(MalformedDefinitionError):
        read_definition(data)
