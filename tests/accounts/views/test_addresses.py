import pytest
from axes.models import AccessAttempt

from accounts.models import User
from tests.factories import PASSWORD, LocalPersonFactory
from tests.pages import words_of
from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db

ASK = "/compte/adresse-electronique/"
OLD, NEW = "nadia@example.org", "nadia.haddad@example.net"
TYPED = {"email": NEW, "password": PASSWORD}


@pytest.fixture
def nadia():
    return LocalPersonFactory(email=OLD, first_name="Nadia", last_name="Haddad")


def signed_in(email=OLD):
    browser = StrictClient()
    browser.post("/connexion/", {"email": email, "password": PASSWORD})
    return browser


def link_for(browser, letters):
    browser.post(ASK, TYPED)
    return next(letter.link for letter in letters() if letter.to == NEW)


def is_signed_in(browser):
    return browser.get("/compte/preferences/").status_code == 200


def test_asking_leads_to_one_answer_whether_the_address_is_free_or_not(nadia, written):
    LocalPersonFactory(email="taken@example.net")
    browser = signed_in()
    browser.get(ASK)  # reads the message of the login

    pages = []
    for email in (NEW, "taken@example.net"):
        response = browser.post(ASK, TYPED | {"email": email})
        assert response["Location"] == f"{ASK}?envoye=1"
        pages.append(words_of(browser.get(response["Location"])).replace(email, ""))

    assert pages[0] == pages[1]
    assert [to for _message, to in written()] == [NEW, OLD, "taken@example.net", OLD]


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"password": "not hers at all"}, ["password"]),
        ({"password": ""}, ["password"]),
        ({"email": "nadia"}, ["email"]),
        ({"email": " Nadia@EXAMPLE.org "}, ["email"]),
        ({"email": "nadia@etu.univ-amu.fr", "password": ""}, ["email"]),
        ({"email": "", "password": ""}, ["email", "password"]),
    ],
    ids=["wrong password", "no password", "no address", "the same", "university", "nothing"],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(nadia, written, typed, faulty):
    response = signed_in().post(ASK, TYPED | typed)

    assert (response.status_code, list(response.context["form"].errors), written()) == (200, faulty, [])


def test_guessing_the_password_is_slowed_down_then_stopped(nadia, written):
    browser = signed_in()

    statuses = [browser.post(ASK, TYPED | {"password": f"guess {n}"}).status_code for n in range(4)]
    AccessAttempt.objects.update(failures_since_start=10)
    stopped = browser.post(ASK, TYPED)

    assert (statuses, stopped.status_code, written()) == ([200, 200, 200, 429], 429, [])


def test_too_many_requests_say_when_to_come_back(nadia):
    browser = signed_in()

    statuses = [browser.post(ASK, TYPED | {"email": f"a{n}@example.net"}).status_code for n in range(6)]

    assert statuses == [302] * 5 + [429]


def test_opening_the_link_changes_nothing_and_posting_changes_the_address(nadia, letters):
    browser = signed_in()
    link = link_for(browser, letters)

    opened = [browser.get(link).status_code, browser.head(link).status_code]
    before = User.objects.get().email
    response = browser.post(link)

    assert (opened, before, response["Location"]) == ([200, 200], OLD, "/compte/preferences/")
    assert User.objects.get().identity == f"mail:{NEW}"
    assert is_signed_in(browser)


def test_the_other_sessions_end_and_the_new_address_opens_the_account(nadia, letters):
    here, elsewhere = signed_in(), signed_in()
    link = link_for(here, letters)
    before = is_signed_in(elsewhere)

    here.post(link)

    assert (before, is_signed_in(here), is_signed_in(elsewhere)) == (True, True, False)
    assert (is_signed_in(signed_in(OLD)), is_signed_in(signed_in(NEW))) == (False, True)


def test_whoever_is_not_signed_in_signs_in_first(nadia, letters, client):
    link = link_for(signed_in(), letters)

    assert client.get(link)["Location"] == f"/connexion/?next={link}"
    assert client.post(link)["Location"] == f"/connexion/?next={link}"
    assert User.objects.get().email == OLD


def test_somebody_else_finds_a_link_that_cannot_serve(nadia, letters, client_of, lea):
    link = link_for(signed_in(), letters)

    responses = [client_of(lea).get(link), client_of(lea).post(link), signed_in().get(f"{ASK}faux/")]

    assert [response.status_code for response in responses] == [410, 410, 410]
    assert User.objects.get(pk=nadia.pk).email == OLD


def test_an_account_created_meanwhile_is_said_to_who_reads_the_mailbox(nadia, letters):
    browser = signed_in()
    link = link_for(browser, letters)
    LocalPersonFactory(email=NEW)

    response = browser.post(link, follow=True)

    assert "Un autre compte a pris cette adresse" in words_of(response)
    assert User.objects.get(pk=nadia.pk).email == OLD


def test_pages_of_the_link_keep_the_token_to_themselves(nadia, letters):
    browser = signed_in()
    link = link_for(browser, letters)

    responses = [browser.get(link), browser.post(link), browser.get(link)]

    assert [response.status_code for response in responses] == [200, 302, 410]
    assert {response["Referrer-Policy"] for response in (responses[0], responses[2])} == {"strict-origin"}


def test_members_of_the_university_have_no_such_page(client_of, lea):
    assert [client_of(lea).get(ASK).status_code, client_of(lea).post(ASK, TYPED).status_code] == [404, 404]


def test_pages_cost_little(nadia, letters, django_assert_num_queries):
    browser = signed_in()
    link = link_for(browser, letters)

    with django_assert_num_queries(2):  # the session, the person
        browser.get(ASK)
    with django_assert_num_queries(3):  # and the link
        browser.get(link)
