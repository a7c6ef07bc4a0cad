import pytest

from tests.accounts.test_redirects import OFF_SITE
from tests.pages import words_of

pytestmark = pytest.mark.django_db

CHOOSE = "/compte/langue/"


def test_a_visitor_changes_the_language_and_stays_where_she_was(client):
    response = client.post(CHOOSE, {"language": "en", "next": "/themes/?q=note"})

    cookie = response.cookies["td_language"]
    assert (response["Location"], cookie.value) == ("/themes/?q=note", "en")
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Lax", True, 365 * 24 * 3600)
    assert client.get("/").headers["Content-Language"] == "en"


def test_the_account_keeps_the_language(client_of, marc):
    client_of(marc).post(CHOOSE, {"language": "en"})

    marc.refresh_from_db()
    assert marc.language == "en"
    assert client_of(marc).get("/").headers["Content-Language"] == "en"


def test_the_language_stays_after_leaving(client_of, marc):
    browser = client_of(marc)
    browser.post(CHOOSE, {"language": "en"})

    browser.post("/deconnexion/")

    assert browser.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["de", "", "fr-FR", "../en"])
def test_an_unknown_language_changes_nothing(client_of, marc, language):
    response = client_of(marc).post(CHOOSE, {"language": language, "next": "/themes/"})

    marc.refresh_from_db()
    assert (response["Location"], dict(response.cookies), marc.language) == ("/themes/", {}, "fr")


@pytest.mark.parametrize("address", OFF_SITE)
def test_changing_the_language_never_leads_off_the_site(client, address):
    assert client.post(CHOOSE, {"language": "en", "next": address})["Location"] == "/"


def test_reading_the_address_changes_nothing(client):
    assert client.get(f"{CHOOSE}?language=en").status_code == 405


def test_every_page_offers_the_other_language(client):
    french = client.get("/themes/?q=note").content.decode()
    client.cookies["td_language"] = "en"
    english = client.get("/themes/?q=note").content.decode()

    assert 'name="next" value="/themes/?q=note"' in french
    assert ('value="en" lang="en">English</button>' in french, "Français</button>" in french) == (True, False)
    assert ('value="fr" lang="fr">Français</button>' in english, "English</button>" in english) == (
        True,
        False,
    )


def test_the_pages_of_accounts_speak_english(client_of, marc):
    marc.language = "en"
    marc.save()

    response = client_of(marc).get("/compte/preferences/")

    words = words_of(response)
    assert ("Who you are to us" in words, "Qui vous êtes pour nous" in words) == (True, False)
    assert [fact["label"] for fact in response.context["facts"]] == ["Last name", "First name", "Telephone"]
