"""The language of a page is chosen, never guessed."""

import pytest
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db


def spoken(response):
    """Return the language a page says it is in, on its element and in its header."""
    page = response.content.decode()
    return page.partition('<html lang="')[2][:2], response.headers["Content-Language"]


def test_a_stranger_reads_french_whatever_her_browser_says(client):
    response = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert spoken(response) == ("fr", "fr")
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("cookie", "language"), [("en", "en"), ("fr", "fr"), ("de", "fr"), ("", "fr"), ("en\r\nX: y", "fr")]
)
def test_the_browser_remembers_a_language_that_is_offered(client, cookie, language):
    client.cookies["td_language"] = cookie

    assert spoken(client.get("/")) == (language, language)


@pytest.mark.parametrize(("account", "cookie"), [("en", "fr"), ("fr", "en")])
def test_the_account_decides_before_the_browser(client_of, marc, account, cookie):
    marc.language = account
    marc.save()
    browser = client_of(marc)
    browser.cookies["td_language"] = cookie

    assert spoken(browser.get("/")) == (account, account)


def test_a_page_that_does_not_exist_speaks_the_language_too(client):
    client.cookies["td_language"] = "en"

    assert spoken(client.get("/nulle-part/")) == ("en", "en")


def test_the_language_of_a_request_ends_with_it(client):
    client.cookies["td_language"] = "en"

    client.get("/")

    assert get_language() == "fr"  # what runs next in this thread: a task, another request
