import pytest

from tests.accounts.test_redirects import OFF_SITE
from tests.factories import LocalPersonFactory

pytestmark = pytest.mark.django_db

PREFERENCES, ADDRESS = "/compte/preferences/", "/compte/adresse-postale/"
PINS = {
    "address_line1": " 12 rue  des Pins\u202e ",
    "address_line2": "",
    "postal_code": "13100",
    "city": "Aix-en-Provence",
    "country": "France",
}


def facts(browser):
    return [(fact["label"], fact["value"]) for fact in browser.get(PREFERENCES).context["facts"]]


def test_a_member_sees_who_she_is(client_of, lea):
    assert facts(client_of(lea)) == [
        ("Nom", "Fontaine"),
        ("Prénom", "Léa"),
        ("Adresse électronique", "lea.fontaine@etu.example.org"),
        ("Compte AMU", "lea.fontaine"),
    ]


def test_somebody_without_names_sees_what_is_missing(client_of):
    person = LocalPersonFactory(email="x@example.org", first_name="", last_name="")

    assert facts(client_of(person))[:2] == [("Nom", "non renseigné"), ("Prénom", "non renseigné")]


@pytest.mark.parametrize(("page", "landing"), [(PREFERENCES, PREFERENCES), (ADDRESS, "/demandes/")])
def test_the_postal_address_is_kept(client_of, marc, page, landing):
    response = client_of(marc).post(page, PINS)

    marc.refresh_from_db()
    assert response["Location"] == landing
    assert marc.postal_lines == ["12 rue des Pins", "13100 Aix-en-Provence", "France"]


def test_the_address_is_asked_then_the_request_goes_on(client_of, marc):
    browser = client_of(marc)

    shown = browser.get(f"{ADDRESS}?next=/demandes/nouvelle/x/")
    response = browser.post(ADDRESS, PINS | {"next": shown.context["next"]})

    assert response["Location"] == "/demandes/nouvelle/x/"


@pytest.mark.parametrize("address", OFF_SITE)
def test_the_address_never_leads_off_the_site(client_of, marc, address):
    assert client_of(marc).post(ADDRESS, PINS | {"next": address})["Location"] == "/demandes/"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"address_line1": "", "city": " \u200b "}, ["address_line1", "city"]),
        ({"postal_code": "1310"}, ["postal_code"]),
        ({"postal_code": "SW1A 1AA", "country": "Royaume-Uni"}, []),
        ({"postal_code": "13 100"}, []),
        ({"city": "x" * 121}, ["city"]),
    ],
)
@pytest.mark.parametrize("page", [PREFERENCES, ADDRESS])
def test_an_incomplete_address_says_what_to_do_and_keeps_what_was_typed(client_of, marc, page, typed, errors):
    response = client_of(marc).post(page, PINS | typed)

    marc.refresh_from_db()
    if not errors:
        assert response.status_code == 302
        return
    form = response.context["form"]
    assert (list(form.errors), form["postal_code"].value()) == (errors, (PINS | typed)["postal_code"])
    assert marc.address_line1 == "3 rue des Lilas"


def test_the_information_screen_is_shown_again(client_of, marc):
    marc.hides_filing_intro = True
    marc.save()
    browser = client_of(marc)

    before = "Montrer de nouveau" in browser.get(PREFERENCES).content.decode()
    response = browser.post(PREFERENCES, {"show_intro": "1"})
    after = "Montrer de nouveau" in browser.get(PREFERENCES).content.decode()

    marc.refresh_from_db()
    assert (before, response["Location"], after, marc.hides_filing_intro) == (True, PREFERENCES, False, False)


@pytest.mark.parametrize("page", [PREFERENCES, ADDRESS])
def test_pages_cost_two_queries_and_need_a_session(client, client_of, marc, page, django_assert_num_queries):
    browser = client_of(marc)

    with django_assert_num_queries(2):  # the session, the person
        browser.get(page)

    assert client.get(page)["Location"] == f"/connexion/?next={page}"


def test_somebody_from_outside_has_no_account_of_the_university(client_of, marc):
    assert [label for label, _value in facts(client_of(marc))] == ["Nom", "Prénom", "Adresse électronique"]
