import pytest
from axes.models import AccessAttempt
from pytest_django.asserts import assertTemplateUsed

from tests.accounts.test_redirects import OFF_SITE
from tests.factories import PASSWORD, LocalPersonFactory
from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db

EMAIL = "marc.aubert@example.org"
WRONG = ["Adresse électronique ou mot de passe incorrect."]


def attempt(browser, email=EMAIL, password=PASSWORD, **options):
    return browser.post("/connexion/", {"email": email, "password": password}, **options)


def is_signed_in(browser):
    return browser.get("/compte/preferences/").status_code == 200


def is_unfolded(response):
    return '<details class="fold" open>' in response.content.decode()


# --- the page -------------------------------------------------------------------------------------------
def test_cas_comes_first_and_the_address_is_folded(client):
    html = client.get("/connexion/").content.decode()

    assert html.index("Avec votre compte AMU") < html.index("Avec votre adresse électronique")
    assert '<details class="fold">' in html.replace(" >", ">")
    warning = "si et seulement si vous n’avez pas de compte CAS."
    assert (warning in html, "Oublié votre mot de passe\u00a0?" in html, "Créez votre compte" in html) == (
        True,
        True,
        True,
    )


def test_the_address_is_unfolded_on_demand_and_after_a_mistake(client):
    assert [is_unfolded(client.get("/connexion/?adresse=1")), is_unfolded(client.post("/connexion/"))] == [
        True,
        True,
    ]


def test_every_door_keeps_next(client):
    context = client.get("/connexion/?next=/themes/").context

    assert [context[name] for name in ("next", "cas_url", "create_url", "forgotten_url")] == [
        "/themes/",
        "/connexion/cas/?next=%2Fthemes%2F",
        "/compte/creer/?next=%2Fthemes%2F",
        "/compte/mot-de-passe-oublie/?next=%2Fthemes%2F",
    ]


def test_a_page_behind_the_login_leads_there_and_back(client, marc):
    away = client.get("/compte/preferences/?a=1")
    back = attempt(client, follow=False)
    there = StrictClient().post(away["Location"], {"email": EMAIL, "password": PASSWORD})

    assert away["Location"] == "/connexion/?next=/compte/preferences/%3Fa%3D1"
    assert (back["Location"], there["Location"]) == ("/demandes/", "/compte/preferences/?a=1")


def test_somebody_signed_in_goes_on(client_of, marc):
    browser = client_of(marc)

    assert [
        browser.get(f"/connexion/?next={path}")["Location"] for path in ("/themes/", "//evil.example")
    ] == [
        "/themes/",
        "/demandes/",
    ]


def test_the_page_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/connexion/?next=/themes/")


# --- entering -------------------------------------------------------------------------------------------
def test_the_holder_enters_whatever_the_case_and_keeps_her_session(client, marc):
    session = client.session
    session["typed"] = "Bonjour"
    session.save()
    former = session.session_key

    response = attempt(client, email=" Marc.AUBERT@Example.org ")

    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/demandes/", True)
    assert (client.session["typed"], client.session.session_key != former) == ("Bonjour", True)


@pytest.mark.parametrize("address", OFF_SITE)
def test_nobody_is_led_off_the_site(marc, address):
    posted, queried = StrictClient(), StrictClient()

    responses = [
        posted.post("/connexion/", {"email": EMAIL, "password": PASSWORD, "next": address}),
        queried.post("/connexion/", {"email": EMAIL, "password": PASSWORD}, query_params={"next": address}),
    ]

    assert [response["Location"] for response in responses] == ["/demandes/", "/demandes/"]


def test_a_refusal_says_the_same_of_all(client, marc):
    LocalPersonFactory(email="closed@example.org", is_active=False)

    responses = [
        attempt(client, password="wrong"),
        attempt(client, email="nobody@example.org"),
        attempt(client, email="closed@example.org"),
    ]

    assert [response.status_code for response in responses] == [200, 200, 200]
    assert [response.context["form"].non_field_errors() for response in responses] == [WRONG, WRONG, WRONG]
    assert is_signed_in(client) is False


def test_what_was_typed_comes_back_but_the_password(client):
    html = attempt(client, email="nobody@example.org", password="s3cret-typed").content.decode()

    assert ('value="nobody@example.org"' in html, "s3cret-typed" in html) == (True, False)
    assert "<title>" in html
    assert "Erreur" in html.partition("</title>")[0]


@pytest.mark.parametrize(
    ("email", "password", "errors"),
    [
        (
            "",
            "",
            {"email": ["Indiquez votre adresse électronique."], "password": ["Indiquez votre mot de passe."]},
        ),
        (
            "marc",
            "x",
            {"email": ["Indiquez une adresse électronique complète, par exemple prenom.nom@exemple.fr."]},
        ),
    ],
)
def test_an_incomplete_form_says_what_to_do(client, email, password, errors):
    assert attempt(client, email=email, password=password).context["form"].errors == errors


@pytest.mark.parametrize("email", ["a" * 300 + "@example.org", "a@b@example.org"])
def test_odd_addresses_are_refused_without_a_failure(client, email):
    assert (attempt(client, email=email).status_code, AccessAttempt.objects.count()) == (200, 0)


def test_a_very_long_password_is_not_hashed(client, marc):
    response = attempt(client, password="x" * 10_000)

    assert (list(response.context["form"].errors), AccessAttempt.objects.count()) == (["password"], 0)


def test_an_address_of_the_university_is_shown_the_other_door(client):
    response = attempt(client, email="quelquun@etu.univ-amu.fr")

    assertTemplateUsed(response, "accounts/_cas_instead.html")
    assert (list(response.context["form"].errors), AccessAttempt.objects.count()) == (["email"], 0)


def test_a_password_typed_on_another_keyboard_is_the_same(client):
    LocalPersonFactory(email="zoe@example.org", password="Été-à-la-Calanque-13")

    response = attempt(client, email="zoe@example.org", password="E\u0301te\u0301-a\u0300-la-Calanque-13")

    assert response.status_code == 302


def test_a_form_from_another_site_is_refused(marc):
    browser = StrictClient(enforce_csrf_checks=True)

    assert (attempt(browser).status_code, is_signed_in(browser)) == (403, False)


# --- guessing -------------------------------------------------------------------------------------------
def fail(browser, times, **options):
    return [attempt(browser, password="wrong", **options).status_code for _ in range(times)]


def test_the_fourth_guess_waits_even_with_the_right_password(client, marc, clock):
    fail(client, 3)

    early = attempt(client)
    clock.shift(2)
    late = attempt(client)

    assert (early.status_code, early["Retry-After"], late.status_code) == (429, "2", 302)
    assert early.context["form"].non_field_errors() == ["Attendez 2 secondes avant d’essayer de nouveau."]


def test_a_guess_that_waits_is_not_counted(client, marc, clock):
    fail(client, 8)

    assert AccessAttempt.objects.get().failures_since_start == 3


def guess_until_locked(browser, clock, **options):
    statuses = []
    for _ in range(10):
        statuses += fail(browser, 1, **options)
        clock.shift(60)
    return statuses


def test_ten_guesses_lock_the_account_from_there_for_an_hour(client, marc, clock):
    statuses = guess_until_locked(client, clock)
    locked = attempt(client)
    elsewhere = attempt(StrictClient(), REMOTE_ADDR="192.0.2.7")
    clock.shift(3600)
    later = attempt(client)

    assert statuses == [200] * 9 + [429]
    assert (locked.status_code, locked["Retry-After"]) == (429, "3600")
    assertTemplateUsed(locked, "accounts/locked.html")
    assert (elsewhere.status_code, later.status_code) == (302, 302)


def test_a_locked_account_is_locked_whatever_the_case(client, marc, clock):
    guess_until_locked(client, clock)

    assert attempt(client, email=EMAIL.upper()).status_code == 429


def test_trying_while_locked_does_not_make_it_longer(client, marc, clock):
    guess_until_locked(client, clock)
    clock.shift(3000)
    attempt(client)
    clock.shift(600)

    assert attempt(client).status_code == 302


def test_entering_forgets_the_failures(client, marc, clock):
    fail(client, 2)

    attempt(client)

    assert AccessAttempt.objects.count() == 0


def test_failures_are_counted_under_the_normalised_address_without_the_password(client, marc):
    attempt(client, email=" Marc.AUBERT@example.org", password="my-old-secret")

    row = AccessAttempt.objects.values().get()
    assert row["username"] == EMAIL
    assert [name for name, value in row.items() if "my-old-secret" in str(value)] == []


def test_a_mistake_is_said_once(client, marc):
    html = attempt(client, password="wrong").content.decode()

    assert html.count(WRONG[0]) == 1


def test_somebody_at_the_wrong_door_is_asked_nothing_more(client):
    response = attempt(client, email="quelquun@univ-amu.fr", password="")

    assert list(response.context["form"].errors) == ["email"]
    assert response.content.decode().count("Se connecter avec le compte AMU") == 1
