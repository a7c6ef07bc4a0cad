"""To which publics a person belongs."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from categories.audiences import audiences_of

STUDENT, STAFF, OUTSIDER, COMPANY, ASSOCIATION = (
    *("etudiant", "personnel", "exterieur"),
    *("entreprise", "association"),
)
CASES = {
    "student": (["member", "student"], "person", {STUDENT}),
    "staff": (["employee", "faculty", "member"], "person", {STAFF}),
    "student who teaches": (["student", "teacher"], "person", {STUDENT, STAFF}),
    "former student": (["alum"], "person", {OUTSIDER}),
    "unknown to us": (["member"], "person", {STUDENT, STAFF}),
    "nothing said": ([], "person", {STUDENT, STAFF}),
    "capital letters": (["Student"], "person", {STUDENT}),
    "president of an association": (["student"], "association", {STUDENT, ASSOCIATION}),
    "company of a member": (["employee"], "company", {STAFF, COMPANY}),
}


@pytest.mark.parametrize(("affiliations", "body", "expected"), CASES.values(), ids=list(CASES))
def test_person_of_the_university(affiliations, body, expected):
    person = User(identity="cas:a", affiliations=affiliations, body_kind=body)

    assert audiences_of(person) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [("person", {OUTSIDER}), ("company", {OUTSIDER, COMPANY}), ("association", {OUTSIDER, ASSOCIATION})],
)
def test_person_from_outside(body, expected):
    assert audiences_of(User(identity="mail:a@b.example", body_kind=body)) == expected


def test_nobody_belongs_to_nothing():
    assert audiences_of(AnonymousUser()) == frozenset()
