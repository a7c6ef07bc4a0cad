from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages

from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def is_signed_in(browser):
    return browser.get("/compte/preferences/").status_code == 200


def test_a_local_person_stays_here(client_of, marc):
    browser = client_of(marc)

    response = browser.post("/deconnexion/")

    assert (response.status_code, response["Location"], is_signed_in(browser)) == (302, "/", False)
    assert words(response) == ["Vous êtes déconnecté(e)."]


def test_a_member_goes_on_to_cas_and_comes_home(client_of, lea, cas):
    browser = client_of(lea)

    response = browser.post("/deconnexion/", {"next": "https://evil.example"})

    query = parse_qs(urlsplit(response["Location"]).query)
    assert (response["Location"].partition("?")[0], query) == (
        f"{cas.url}logout",
        {"service": ["http://127.0.0.1:8000/"]},
    )
    assert is_signed_in(browser) is False


def test_a_member_is_told_what_stays_open_when_cas_is_down(client_of, lea, closed_port):
    browser = client_of(lea)

    response = browser.post("/deconnexion/")

    assert (response["Location"], is_signed_in(browser)) == ("/", False)
    assert ["fermez le navigateur" in word for word in words(response)] == [True]


def test_a_link_or_an_image_logs_nobody_out(client_of, marc):
    browser = client_of(marc)

    assert [browser.get("/deconnexion/").status_code, browser.head("/deconnexion/").status_code] == [405, 405]
    assert is_signed_in(browser) is True


def test_another_site_logs_nobody_out(marc):
    browser = StrictClient(enforce_csrf_checks=True)
    browser.force_login(marc)

    assert (browser.post("/deconnexion/").status_code, is_signed_in(browser)) == (403, True)


def test_a_session_that_has_ended_is_no_mistake(client):
    response = client.post("/deconnexion/")

    assert (response.status_code, response["Location"]) == (302, "/")
