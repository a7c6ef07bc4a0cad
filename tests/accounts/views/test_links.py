import pytest

from accounts.models import AccountLink, User
from tests.accounts.test_redirects import OFF_SITE
from tests.factories import PASSWORD, LocalPersonFactory
from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db

EMAIL = "nadia@example.org"
NEW = {"password": "Quatre-Saisons-Du-Port-8", "confirmation": "Quatre-Saisons-Du-Port-8"}


@pytest.fixture
def activation(letters):
    """Return the path of a fresh activation link."""
    form = {"email": EMAIL, "last_name": "Haddad", "first_name": "Nadia"}
    StrictClient().post("/compte/creer/", form)
    return letters()[-1].link


@pytest.fixture
def reset(letters):
    """Return the path of a fresh password link of an account."""
    LocalPersonFactory(email=EMAIL, first_name="Nadia", last_name="Haddad")
    StrictClient().post("/compte/mot-de-passe-oublie/", {"email": EMAIL})
    return letters()[-1].link


def is_signed_in(browser):
    return browser.get("/compte/preferences/").status_code == 200


def test_opening_a_link_changes_nothing(client, activation):
    statuses = [client.get(activation).status_code, client.head(activation).status_code]

    assert (statuses, User.objects.count(), is_signed_in(client)) == ([200, 200], 0, False)
    assert AccountLink.objects.get().used_at is None


def test_choosing_a_password_opens_the_account(client, activation):
    response = client.post(activation, NEW)

    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/demandes/", True)
    assert User.objects.get().check_password(NEW["password"])


def test_the_account_leads_where_she_was_going(client, activation):
    assert client.post(f"{activation}?next=/themes/", NEW)["Location"] == "/themes/"


@pytest.mark.parametrize("address", OFF_SITE)
def test_no_link_leads_off_the_site(client, activation, address):
    assert client.post(activation, NEW, query_params={"next": address})["Location"] == "/demandes/"


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"password": "court", "confirmation": "court"}, "password"),
        ({"password": "123456789012", "confirmation": "123456789012"}, "password"),
        ({"password": "passwordpassword", "confirmation": "passwordpassword"}, None),
        ({"password": "password1234", "confirmation": "password1234"}, "password"),
        ({"password": "nadia@example.org", "confirmation": "nadia@example.org"}, "password"),
        ({"password": NEW["password"], "confirmation": "different"}, "confirmation"),
        ({"password": "", "confirmation": ""}, "password"),
    ],
    ids=["short", "digits", "twice", "common", "like her address", "different", "empty"],
)
def test_a_refused_password_does_not_use_the_link(client, activation, typed, faulty):
    response = client.post(activation, typed)

    if faulty is None:
        assert response.status_code == 302
        return
    assert (response.status_code, faulty in response.context["form"].errors) == (200, True)
    assert client.post(activation, NEW).status_code == 302


def test_a_used_link_says_so_and_offers_another(client, activation):
    client.post(activation, NEW)
    other = StrictClient()

    responses = [other.get(f"{activation}?next=/themes/"), other.post(f"{activation}?next=/themes/", NEW)]

    assert [response.status_code for response in responses] == [410, 410]
    assert [response.context["again_url"] for response in responses] == [
        "/compte/creer/?next=%2Fthemes%2F"
    ] * 2
    assert is_signed_in(other) is False


def test_an_account_created_meanwhile_leads_to_the_login(client, activation):
    LocalPersonFactory(email=EMAIL)

    response = client.post(activation, NEW)

    assert (response["Location"], is_signed_in(client)) == ("/connexion/", False)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("link", ["activation", "reset"])
def test_pages_of_links_keep_the_token_to_themselves(client, link, request):
    path = request.getfixturevalue(link)

    responses = [client.get(path), client.post(path, {}), client.post(path, NEW), client.get(path)]

    assert [response.status_code for response in responses] == [200, 200, 302, 410]
    assert {response["Referrer-Policy"] for response in responses} == {"strict-origin"}
    assert ["no-store" in response["Cache-Control"] for response in responses] == [True] * 4


def test_a_new_password_ends_the_other_sessions_and_opens_this_one(client, reset):
    holder = User.objects.get()
    elsewhere = StrictClient()
    elsewhere.post("/connexion/", {"email": EMAIL, "password": PASSWORD})
    before = is_signed_in(elsewhere)

    response = client.post(reset, NEW)

    holder.refresh_from_db()
    assert (before, is_signed_in(elsewhere), is_signed_in(client)) == (True, False, True)
    assert (response.status_code, holder.check_password(NEW["password"])) == (302, True)


def test_a_password_is_chosen_once_per_link(client, reset):
    client.post(reset, NEW)

    again = StrictClient().post(reset, {"password": "Another-One-Of-9", "confirmation": "Another-One-Of-9"})

    assert (again.status_code, again.context["again_url"]) == (410, "/compte/mot-de-passe-oublie/")
    assert User.objects.get().check_password(NEW["password"])


def test_a_link_opened_by_somebody_else_signs_her_in_as_its_holder(client_of, lea, reset):
    browser = client_of(lea)
    session = browser.session
    session["typed"] = "of Léa"
    session.save()

    browser.post(reset, NEW)

    assert (browser.session["_auth_user_id"], "typed" in browser.session) == (
        str(User.objects.get(identity=f"mail:{EMAIL}").pk),
        False,
    )


def test_the_page_costs_one_query(client, activation, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(activation)
