import pytest
from pytest_django.asserts import assertTemplateUsed

from accounts.models import User
from accounts.services.single_use import MAILS_PER_CLIENT
from tests.factories import LocalPersonFactory
from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db

CREATE, FORGOTTEN = "/compte/creer/", "/compte/mot-de-passe-oublie/"
NADIA = {"email": "nadia@example.org", "last_name": "Haddad", "first_name": "Nadia"}


def ask(page, email, browser=None):
    """Ask for a link and return the page that answers."""
    browser = browser or StrictClient()
    return browser.post(page, NADIA | {"email": email}, follow=True)


def without_tokens(response):
    lines = response.content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("page", [CREATE, FORGOTTEN])
def test_the_answer_is_the_same_whether_an_account_exists_or_not(page, written):
    unknown = ask(page, NADIA["email"])
    LocalPersonFactory(email=NADIA["email"])
    known = ask(page, NADIA["email"])

    assert unknown.redirect_chain == known.redirect_chain == [(f"{page}?envoye=1", 302)]
    assert without_tokens(unknown) == without_tokens(known)
    mails = {CREATE: ["account_activate", "account_exists"], FORGOTTEN: ["account_password"]}
    assert [message for message, _to in written()] == mails[page]


def test_the_answer_repeats_what_she_typed_to_her_alone():
    typist, stranger = StrictClient(), StrictClient()

    mine = ask(CREATE, "nadia@example.org", typist).content.decode()
    theirs = stranger.get(f"{CREATE}?envoye=1").content.decode()

    assert ("nadia@example.org" in mine, "nadia@example.org" in theirs) == (True, False)


@pytest.mark.parametrize("page", [CREATE, FORGOTTEN])
@pytest.mark.parametrize("email", ["a@univ-amu.fr", "a@ETU.univ-amu.fr"])
def test_an_address_of_the_university_is_shown_the_other_door(client, page, email, written):
    response = client.post(f"{page}?next=/themes/", NADIA | {"email": email})

    assertTemplateUsed(response, "accounts/_cas_instead.html")
    assert (response.context["form"].is_university, response.context["cas_url"]) == (
        True,
        "/connexion/cas/?next=%2Fthemes%2F",
    )
    assert (response.context["form"]["email"].value(), written()) == (email, [])


def test_an_account_is_asked_for_with_all_its_names(client, written):
    errors = client.post(CREATE).context["form"].errors

    assert errors == {
        "email": ["Indiquez votre adresse électronique."],
        "last_name": ["Indiquez votre nom."],
        "first_name": ["Indiquez votre prénom."],
    }
    assert written() == []


def test_the_link_goes_on_where_she_was_going(client, letters):
    client.post(CREATE, NADIA | {"next": "/demandes/nouvelle/"})
    client.post(CREATE, NADIA | {"next": "//evil.example"})

    assert [letter.link.partition("/?")[2] for letter in letters()] == ["next=%2Fdemandes%2Fnouvelle%2F", ""]


def test_a_client_that_asks_too_much_is_told_so(client, written):
    for number in range(MAILS_PER_CLIENT):
        client.post(CREATE, NADIA | {"email": f"a{number}@example.org"})

    response = client.post(FORGOTTEN, {"email": "b@example.org"})

    assert (response.status_code, len(written())) == (429, 30)
    assert response.context["form"].non_field_errors() == [
        "Trop de messages ont été demandés d’ici\u00a0: recommencez dans une heure."
    ]


def test_somebody_signed_in_has_an_account(client_of, marc):
    assert client_of(marc).get(f"{CREATE}?next=/themes/")["Location"] == "/themes/"


def test_nobody_exists_before_the_link_is_used(client):
    client.post(CREATE, NADIA)

    assert User.objects.count() == 0


@pytest.mark.parametrize("page", [CREATE, FORGOTTEN])
def test_showing_the_form_asks_the_database_nothing(client, page, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(page)


def test_the_address_of_somebody_signed_in_is_filled_in(client_of, marc, lea):
    filled = [client_of(person).get(FORGOTTEN).context["form"]["email"].value() for person in (marc, lea)]

    assert filled == ["marc.aubert@example.org", None]
