"""Every trap of django-cas-ng that was reproduced stays closed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django_cas_ng.models import SessionTicket
from pytest_django.asserts import assertTemplateUsed

from accounts.models import User
from tests.accounts.cas.test_protocol import order
from tests.accounts.cas_double import failure, success
from tests.accounts.test_redirects import OFF_SITE
from tests.factories import PersonFactory
from tests.strictness import StrictClient

pytestmark = pytest.mark.django_db

DOOR = "/connexion/cas/"


def come_back(browser, cas, ticket="ST-1", login="lea", following="/demandes/", **attributes):
    cas.tickets[ticket] = success(login, **attributes)
    return browser.get(DOOR, {"next": following, "ticket": ticket})


def is_signed_in(browser):
    return browser.get("/compte/preferences/").status_code == 200


# --- leaving for CAS ------------------------------------------------------------------------------------
def service_of(response):
    return parse_qs(urlsplit(response["Location"]).query)["service"][0]


def test_leaving_keeps_next_in_the_service(client, cas):
    response = client.get(DOOR, {"next": "/themes/?q=a&b=1"}, HTTP_HOST="localhost")

    assert (response.status_code, response["Location"].startswith(f"{cas.url}login?")) == (302, True)
    assert service_of(response) == "http://127.0.0.1:8000/connexion/cas/?next=%2Fthemes%2F%3Fq%3Da%26b%3D1"


@pytest.mark.parametrize("address", OFF_SITE)
def test_leaving_forgets_a_next_that_leads_away(client, cas, address):
    service = service_of(client.get(DOOR, {"next": address}))

    assert service == "http://127.0.0.1:8000/connexion/cas/?next=%2Fdemandes%2F"


def test_somebody_signed_in_goes_on(client_of, lea, cas):
    response = client_of(lea).get(DOOR, {"next": "/themes/", "ticket": "ST-9"})

    assert (response.status_code, response["Location"], cas.asked) == (302, "/themes/", [])


# --- coming back ------------------------------------------------------------------------------------------
def test_a_good_ticket_signs_in_and_goes_where_she_was_going(client, cas):
    response = come_back(client, cas, following="/themes/?q=a")

    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/themes/?q=a", True)
    assert cas.asked == ["http://127.0.0.1:8000/connexion/cas/?next=%2Fthemes%2F%3Fq%3Da"]


@pytest.mark.parametrize("address", OFF_SITE)
def test_a_good_ticket_never_leads_off_the_site(client, cas, address):
    response = come_back(client, cas, following=address)

    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/demandes/", True)


def test_what_an_anonymous_session_held_is_kept_under_a_new_key(client, cas):
    session = client.session
    session["typed"] = "Bonjour"
    session.save()
    former = session.session_key

    come_back(client, cas)

    assert (client.session["typed"], client.session.session_key != former) == ("Bonjour", True)


def test_an_affiliation_is_no_group(client, cas):
    come_back(client, cas, eduPersonAffiliation="employee")

    assert (User.objects.get().affiliations, Group.objects.count()) == (["employee"], 0)


def test_attributes_give_no_rights(client, cas):
    come_back(client, cas, is_superuser="True", is_staff="True")

    user = User.objects.get()
    assert (user.is_superuser, user.is_staff, client.get("/gestion/").status_code) == (False, False, 404)


@pytest.mark.parametrize("ticket", ["ST-bogus", "", "S" * 5000])
def test_a_bogus_ticket_gets_a_calm_page_that_keeps_next(client, cas, ticket):
    response = client.get(DOOR, {"next": "/themes/", "ticket": ticket})

    assert (response.status_code, response.context["retry_url"]) == (403, "/connexion/cas/?next=%2Fthemes%2F")
    assertTemplateUsed(response, "accounts/cas_refused.html")
    assert is_signed_in(client) is False


def test_a_replayed_ticket_gets_the_same_page(cas):
    come_back(StrictClient(), cas)
    again = StrictClient()

    response = again.get(DOOR, {"next": "/demandes/", "ticket": "ST-1"})

    assert (response.status_code, is_signed_in(again)) == (403, False)


def test_refused_tickets_lock_nobody(client, cas):
    for number in range(12):
        client.get(DOOR, {"ticket": f"ST-{number}"})

    response = come_back(client, cas, ticket="ST-good")

    assert (response.status_code, AccessAttempt.objects.count()) == (302, 0)


def test_a_closed_account_is_told_so(client, cas):
    PersonFactory(login="lea", is_active=False)

    response = come_back(client, cas)

    assert (response.status_code, is_signed_in(client)) == (403, False)
    assertTemplateUsed(response, "accounts/cas_closed.html")


# --- CAS is down ------------------------------------------------------------------------------------------
def assert_unavailable(response):
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert (response.context["retry_url"], response.context["local_url"]) == (
        "/connexion/cas/?next=%2Fthemes%2F",
        "/connexion/?adresse=1&next=%2Fthemes%2F",
    )
    assert "indisponible" in response.content.decode()


@pytest.mark.parametrize("step", [{}, {"ticket": "ST-1"}], ids=["leaving", "coming back"])
def test_a_server_that_is_down_is_said_so(client, closed_port, step):
    assert_unavailable(client.get(DOOR, {"next": "/themes/"} | step))


@pytest.mark.parametrize("step", [{}, {"ticket": "ST-1"}], ids=["leaving", "coming back"])
def test_a_server_that_hangs_is_said_so(client, cas, step):
    cas.hangs = True

    assert_unavailable(client.get(DOOR, {"next": "/themes/"} | step))


@pytest.mark.parametrize("raw", [b"", b"<html>Bad gateway</html>", failure("INTERNAL_ERROR")])
def test_a_server_that_answers_garbage_is_said_so(client, cas, raw):
    cas.raw = raw

    assert_unavailable(client.get(DOOR, {"next": "/themes/", "ticket": "ST-1"}))


# --- single logout -----------------------------------------------------------------------------------------
def post_order(message, **options):
    # As the CAS server does: no cookie, no token, and our protection against forgery switched on.
    return StrictClient(enforce_csrf_checks=True).post(DOOR, {"logoutRequest": message}, **options)


@pytest.mark.parametrize(
    "declaration", ["", '<?xml version="1.0" encoding="UTF-8"?>'], ids=["none", "declared"]
)
def test_an_order_ends_the_session_of_its_ticket_and_no_other(cas, declaration):
    lea, lea_elsewhere, ines = StrictClient(), StrictClient(), StrictClient()
    come_back(lea, cas, "ST-lea", "lea")
    come_back(lea_elsewhere, cas, "ST-elsewhere", "lea")
    come_back(ines, cas, "ST-ines", "ines")

    response = post_order(order("ST-lea", declaration=declaration))

    assert (response.status_code, response.content) == (204, b"")
    assert [is_signed_in(browser) for browser in (lea, lea_elsewhere, ines)] == [False, True, True]
    assert sorted(SessionTicket.objects.values_list("ticket", flat=True)) == ["ST-elsewhere", "ST-ines"]


def test_an_order_for_an_unknown_ticket_changes_nothing(client, cas):
    come_back(client, cas)

    assert (post_order(order("ST-unknown")).status_code, is_signed_in(client)) == (204, True)


@pytest.mark.parametrize(
    "message",
    ["", "garbage", "<a", order(), order("ST-1") + " " * 9000, order("ST-1") + " " * 90_000],
    ids=["empty", "text", "cut", "no ticket", "long", "very long"],
)
def test_a_malformed_order_is_refused_and_changes_nothing(client, cas, message):
    come_back(client, cas)

    assert (post_order(message).status_code, is_signed_in(client)) == (400, True)


def test_an_empty_post_is_refused():
    response = StrictClient(enforce_csrf_checks=True).post(DOOR)

    assert response.status_code == 400


def test_other_methods_are_refused(client):
    assert [client.put(DOOR).status_code, client.head(DOOR).status_code] == [405, 405]


def test_a_session_ended_here_is_forgotten_by_single_logout(client, cas):
    come_back(client, cas)

    client.post("/deconnexion/")

    assert (SessionTicket.objects.count(), Session.objects.count()) == (0, 0)
