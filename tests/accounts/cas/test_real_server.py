"""Against a real CAS server, django-cas-server, in its own process."""

import re
from contextlib import contextmanager

import pytest
import requests

from accounts.models import User
from tests.services.cas import Cas
from tests.strictness import StrictClient

pytestmark = [pytest.mark.services, pytest.mark.django_db]

LEA, NOE = ("lea.fontvieille", "lea-demo-2026"), ("noe.garlaban", "noe-demo-2026")


@pytest.fixture(scope="module")
def server():
    with Cas(service_url="http://127.0.0.1:8000/") as running:
        yield running


@pytest.fixture
def cas_url(server, settings):
    settings.CAS_SERVER_URL = server.url
    return server.url


@contextmanager
def cas_browser():
    """Give a browser of the CAS server's own pages."""
    with requests.Session() as browser:
        yield browser


def ticket_for(browser, address, login, password):
    """Give login and password to the page at `address`; return the address it sends back to."""
    page = browser.get(address, timeout=10)
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
    answer = browser.post(
        page.url,
        data=fields | {"username": login, "password": password},
        allow_redirects=False,
        timeout=10,
    )
    return answer.headers["Location"]


def sign_in(browser, cas_session, person, following="/compte/preferences/"):
    away = browser.get("/connexion/cas/", {"next": following})
    back = ticket_for(cas_session, away["Location"], *person)
    return back, browser.get(back.removeprefix("http://127.0.0.1:8000"))


def test_a_member_comes_in_with_all_that_cas_says(client, cas_url):
    with cas_browser() as cas_session:
        _back, response = sign_in(client, cas_session, LEA, "/compte/preferences/?é=1")

    user = User.objects.get()
    assert response["Location"] == "/compte/preferences/?%C3%A9=1"
    assert (user.identity, user.email, str(user), user.affiliations) == (
        "cas:lea.fontvieille",
        "lea.fontvieille@etu.univ-amu.fr",
        "Léa Fontvieille",
        ["student", "member"],
    )


def test_a_restart_of_the_cas_server_asks_nobody_for_a_password_again(client, server, cas_url):
    with cas_browser() as cas_session:
        sign_in(client, cas_session, LEA)
        server.stop()
        server.start()
        away = StrictClient().get("/connexion/cas/")["Location"]
        answer = cas_session.get(away, allow_redirects=False, timeout=10)

    assert (answer.status_code, "ticket=ST-" in answer.headers.get("Location", "")) == (302, True)


def test_an_affiliation_given_once_stays_one(client, cas_url):
    with cas_browser() as cas_session:
        sign_in(client, cas_session, NOE)

    assert User.objects.get().affiliations == ["student"]


def test_a_ticket_serves_once(client, cas_url):
    with cas_browser() as cas_session:
        back, first = sign_in(client, cas_session, LEA)

    again = StrictClient().get(back.removeprefix("http://127.0.0.1:8000"))
    assert (first.status_code, again.status_code) == (302, 403)


def test_a_ticket_serves_the_address_it_was_given_for(client, cas_url):
    with cas_browser() as cas_session:
        away = client.get("/connexion/cas/", {"next": "/themes/"})
        back = ticket_for(cas_session, away["Location"], *LEA)

    ticket = back.rpartition("ticket=")[2]
    response = client.get("/connexion/cas/", {"next": "/demandes/", "ticket": ticket})
    assert response.status_code == 403


def test_a_bogus_ticket_is_refused_calmly(client, cas_url):
    assert client.get("/connexion/cas/", {"ticket": "ST-nothing"}).status_code == 403


def test_logging_out_leads_to_the_page_of_cas_that_sends_home(client, cas_url):
    with cas_browser() as cas_session:
        sign_in(client, cas_session, LEA)
        away = client.post("/deconnexion/")["Location"]
        home = cas_session.get(away, allow_redirects=False, timeout=10)

    assert (home.status_code, home.headers["Location"]) == (302, "http://127.0.0.1:8000/")


def test_a_stopped_server_is_said_so(client, cas_url, server):
    server.stop()
    try:
        response = client.get("/connexion/cas/?next=/themes/")
    finally:
        server.start()

    assert (response.status_code, response.context["local_url"]) == (
        503,
        "/connexion/?adresse=1&next=%2Fthemes%2F",
    )
