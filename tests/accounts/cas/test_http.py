import time

import pytest

from accounts.cas.http import cas_client, is_reachable


def test_a_server_that_answers_is_reachable(cas):
    assert is_reachable() is True


@pytest.mark.parametrize(
    ("status", "expected"), [(200, True), (302, True), (404, True), (500, False), (503, False)]
)
def test_a_failing_server_is_not_reachable(cas, status, expected):
    cas.status = status

    assert is_reachable() is expected


def test_a_closed_port_is_not_reachable(closed_port):
    assert is_reachable() is False


def test_a_hanging_server_is_not_waited_for(cas):
    cas.hangs = True
    started = time.monotonic()

    assert is_reachable() is False
    assert time.monotonic() - started < 3


def test_addresses_keep_the_path_of_the_server(settings):
    settings.CAS_SERVER_URL = "https://cas.example.org/cas/"

    login = cas_client("https://a.example.org/connexion/cas/?next=%2F").get_login_url()

    expected = "https://cas.example.org/cas/login?service=https%3A%2F%2Fa.example.org%2Fconnexion%2Fcas%2F%3Fnext%3D%252F"
    assert login == expected
