import pytest
from django.contrib.auth import hashers

from accounts.backends import LocalBackend
from accounts.models import User
from tests.factories import PASSWORD, LocalPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "marc.aubert@example.org"


def tried(email, password=PASSWORD):
    return LocalBackend().authenticate(None, username=email, password=password)


def test_the_holder_enters_whatever_the_case(marc):
    assert [tried(EMAIL), tried(EMAIL.upper())] == [marc, marc]


def test_wrong_passwords_and_closed_accounts_are_refused(marc):
    closed = LocalPersonFactory(email="closed@example.org", is_active=False)

    assert [tried(EMAIL, "wrong"), tried(EMAIL, ""), tried(closed.email)] == [None, None, None]


def test_a_person_of_cas_has_no_password_here():
    person = PersonFactory(login="lea", email="lea@example.org")
    person.set_password(PASSWORD)
    person.save()

    assert [tried("lea@example.org"), tried("lea"), tried("cas:lea")] == [None, None, None]


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(marc, monkeypatch):
    count = []

    class Counting(hashers.MD5PasswordHasher):
        algorithm = "counting"

        def encode(self, password, salt, *args):
            count.append(1)
            return super().encode(password, salt)

    monkeypatch.setattr(hashers, "get_hashers", lambda: [Counting()])
    monkeypatch.setattr(hashers, "get_hashers_by_algorithm", lambda: {"counting": Counting()})
    User.objects.get(pk=marc.pk).set_password(PASSWORD)
    marc.set_password(PASSWORD)
    marc.save()
    count.clear()

    tried(EMAIL, "wrong")
    known = len(count)
    count.clear()
    tried("nobody@example.org", "wrong")

    assert len(count) == known == 1
