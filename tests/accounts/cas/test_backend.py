import time

import pytest

from accounts.cas.backend import CASBackend, InactivePerson
from accounts.cas.protocol import CASUnavailable
from accounts.models import User
from tests.accounts.cas_double import success
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

SERVICE = "http://127.0.0.1:8000/connexion/cas/?next=%2Fdemandes%2F"


def proved(ticket="ST-1"):
    return CASBackend().authenticate(None, ticket=ticket, service=SERVICE)


def test_a_ticket_is_validated_for_its_service_and_serves_once(cas):
    cas.tickets["ST-1"] = success("lea", sn="Fontaine", givenName="Léa")

    first, second = proved(), proved()

    assert (first.identity, str(first), second) == ("cas:lea", "Léa Fontaine", None)
    assert cas.asked == [SERVICE, SERVICE]


@pytest.mark.parametrize("ticket", ["", None, "S" * 257])
def test_what_is_no_ticket_is_not_asked(cas, ticket):
    assert (proved(ticket), cas.asked) == (None, [])


@pytest.mark.parametrize("login", ["l" * 151, "lea fontaine", "lea\u202e"])
def test_an_implausible_login_is_nobody(cas, login):
    cas.tickets["ST-1"] = success(login)

    assert (proved(), User.objects.count()) == (None, 0)


def test_a_closed_account_is_refused(cas):
    PersonFactory(login="lea", is_active=False)
    cas.tickets["ST-1"] = success("lea")

    with pytest.raises(InactivePerson):
        proved()


def test_a_server_that_refuses_connections_is_unavailable(closed_port):
    with pytest.raises(CASUnavailable):
        proved()


def test_a_server_that_hangs_is_given_up(cas):
    cas.hangs = True
    started = time.monotonic()

    with pytest.raises(CASUnavailable):
        proved()

    assert time.monotonic() - started < 3


@pytest.mark.parametrize("raw", [b"", b"<html>garbage", b"\x00\x01"])
def test_a_server_that_answers_garbage_is_unavailable(cas, raw):
    cas.raw = raw

    with pytest.raises(CASUnavailable):
        proved()


def test_the_person_of_a_session_is_hers_while_active(lea):
    closed = PersonFactory(login="closed", is_active=False)

    assert [CASBackend().get_user(pk) for pk in (lea.pk, closed.pk, 0)] == [lea, None, None]
